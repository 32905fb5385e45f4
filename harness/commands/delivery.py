"""Brings a report to where it is wanted: a file, a terminal, and what GitHub shows beside a job."""

import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from harness.commands.arguments import refuse_unwritable
from harness.reports.console import make_console
from harness.reports.formats.github import fence
from harness.support.errors import UserError
from harness.support.files import append, write_whole

_SUMMARY = "GITHUB_STEP_SUMMARY"


@dataclass(frozen=True, slots=True)
class Report:
    """What a command has to say: as a document, at a terminal, as the step's summary and as annotations."""

    document: Callable[[], str]
    show: Callable[[Console], None]
    summary: Callable[[], str]
    annotations: Callable[[], str]


def refuse_undeliverable(output: Path | None) -> None:
    """Refuse, before anything is run, what could not be written afterwards.

    Raises:
        UserError: *output* or the step's summary is a folder, lies in none, or may not be written.
    """
    summary = os.environ.get(_SUMMARY)
    for name, path in (("--output", output), (_SUMMARY, Path(summary) if summary else None)):
        if path:
            refuse_unwritable(name, path)


def deliver(report: Report, output: Path | None, *, at_terminal: bool) -> None:
    """Write to a file or standard output; and where GitHub runs this, what it shows beside.

    Raises:
        UserError: something could not be written; what a file does not take goes to standard output.
    """
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    if on_github:
        # Standard output may be a document that somebody reads on.
        print(report.annotations(), end="", file=sys.stderr)
    if output or not at_terminal:
        _write(report.document(), output)
    else:
        _show(report, fenced=on_github)
    if summary := os.environ.get(_SUMMARY):
        append(Path(summary), f"{report.summary()}\n")


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        write_whole(output, text)
    except UserError:
        sys.stdout.write(text)
        raise


def _show(report: Report, *, fenced: bool) -> None:
    """Print for a person; *fenced*, so that nothing which is quoted is taken for a command."""
    begin, end = fence(secrets.token_hex())
    if fenced:
        print(begin)
    report.show(make_console())
    if fenced:
        print(end)
