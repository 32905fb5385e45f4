"""Say which documented bugs an upgrade fixes, brings and keeps, by running every case on both sides."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from harness.catalogue.selection import select
from harness.commands.arguments import add_report, add_selection, add_source, read_source
from harness.commands.delivery import Report, deliver, refuse_undeliverable
from harness.evidence.committed import load_known
from harness.releases.index import parse_version
from harness.reports.printable import printable
from harness.runs.workspace import open_workspace
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.invocation import prog
from harness.touches import touching as touches
from harness.upgrade.both_sides import Asked, Upgrade
from harness.upgrade.comparison import exit_code
from harness.upgrade.formats import FORMATS, github, table
from harness.upgrade.resolving import Resolver, needed_by
from harness.upgrade.sources import NEWEST, Newest, read_sides
from harness.waivers.file import read_waivers, refuse_unused

_SOURCE = "a lock file, an interpreter, or a requirement such as 'starlette==0.27.0 anyio==4.4.0'"
_NEWEST = "newest"


def main(arguments: Sequence[str]) -> Exit:
    """Run both sides, and write what was found."""
    options = _parser().parse_args(arguments)
    refuse_undeliverable(options.output)
    workspace = open_workspace()
    cases = select(workspace.cases, options.case, options.only)
    today = datetime.now(UTC).date()
    waivers = read_waivers(options.waivers, today, workspace.cases)
    code = read_source(options.source, cases)
    index = workspace.index
    sides = read_sides(options.before, _target(options), options.python, index, needed_by(cases))
    resolver = Resolver(sides.interpreter, cases, options.trust_lock_sources, _say)
    evidence = load_known(cases, index)
    comparison = Upgrade(resolver, workspace.builder(), workspace.releases, _say, evidence).compare(
        sides.before, sides.after, index, today, Asked(plan=options.plan, workarounds=options.workarounds)
    )
    comparison = comparison.with_waivers(waivers)
    comparison = replace(comparison, findings=touches.apply(comparison.findings, code))
    report = Report(
        partial(FORMATS[options.format], comparison, strict=options.strict),
        partial(table.show, comparison),
        partial(FORMATS["markdown"], comparison, strict=options.strict),
        partial(github.annotations, comparison, Path.cwd()),
    )
    deliver(report, options.output, at_terminal=options.format == "table")
    # After the report, which whoever mends the waivers wants to read.
    refuse_unused(options.waivers, waivers, comparison.findings)
    return exit_code(comparison, strict=options.strict)


def _target(options: argparse.Namespace) -> str | Newest:
    """What `--to` says, or what `--candidate` is short for."""
    if options.to is not None:
        return str(options.to)
    if options.candidate == _NEWEST:
        return NEWEST
    try:
        return f"starlette=={parse_version(options.candidate)}"
    except ValueError as error:
        raise UserError(f"--candidate {options.candidate}: {error}, or {_NEWEST}") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=prog("upgrade"), description=__doc__)
    parser.add_argument("--from", dest="before", required=True, metavar="FROM", help=f"what you have: {_SOURCE}")
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument(
        "--to", metavar="TO", help="the same, or a change of FROM: starlette==X, or another requirement as fastapi==X"
    )
    target.add_argument(
        "--candidate",
        nargs="?",
        const=_NEWEST,
        metavar="RELEASE",
        help="FROM with this release (default: the newest that its pins allow, and the newest at all beside it)",
    )
    parser.add_argument("--plan", action="store_true", help="compare the releases that one may go to, the newest too")
    parser.add_argument(
        "--workarounds", action="store_true", help="run those of the security bugs that are there after the upgrade"
    )
    add_selection(parser)
    add_source(parser)
    add_report(parser, FORMATS, strict="end with 1 where a bug is still present, too")
    parser.add_argument(
        "--python", default="", metavar="X.Y", help="the CPython of both sides (default: one that fits)"
    )
    parser.add_argument(
        "--trust-lock-sources", action="store_true", help="use the indexes and addresses that a lock file names"
    )
    return parser


def _say(step: str) -> None:
    print(printable(step), file=sys.stderr, flush=True)
