"""Brings a report to where it is wanted: a file, a terminal, and what GitHub shows beside a job."""

import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from harness.reports.console import make_console
from harness.reports.formats.github import fence
from harness.support.files import write_whole


@dataclass(frozen=True, slots=True)
class Report:
    """What a command has to say: as a document, at a terminal, as the step's summary and as annotations."""

    document: Callable[[], str]
    show: Callable[[Console], None]
    summary: Callable[[], str]
    annotations: Callable[[], str]


def deliver(report: Report, output: Path | None, *, at_terminal: bool) -> None:
    """Write to a file or standard output; and where GitHub runs this, what it shows beside."""
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    if output:
        write_whole(output, report.document())
    elif at_terminal:
        _show(report, fenced=on_github)
    else:
        sys.stdout.write(report.document())
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as stream:
            stream.write(f"{report.summary()}\n")
    if on_github:
        # Standard output may be a document that somebody reads on.
        print(report.annotations(), end="", file=sys.stderr)


def _show(report: Report, *, fenced: bool) -> None:
    """Print for a person; *fenced*, so that nothing which is quoted is taken for a command."""
    begin, end = fence(secrets.token_hex())
    if fenced:
        print(begin)
    report.show(make_console())
    if fenced:
        print(end)
