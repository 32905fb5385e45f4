"""Run every case against an environment that somebody already has."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from harness.catalogue.case import Case
from harness.catalogue.selection import select
from harness.check.findings import Checked, exit_code, findings
from harness.check.formats import FORMATS, IGNORES, github, openvex, table
from harness.commands.arguments import (
    add_report,
    add_selection,
    add_source,
    read_source,
    refuse_unwritable,
)
from harness.commands.delivery import Report, deliver, refuse_undeliverable
from harness.environments.inspection import checksum, inspect
from harness.environments.interpreter import interpreter_in
from harness.evidence.committed import load_known
from harness.reports.printable import printable
from harness.runs.plan import jobs_in
from harness.runs.record import write_record
from harness.runs.run import Runner, rows
from harness.runs.workspace import open_workspace
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.invocation import prog
from harness.touches import touching as touches
from harness.touches.installed import dependents_in
from harness.waivers.file import read_waivers, refuse_unused
from harness.waivers.waiver import apply


def main(arguments: Sequence[str]) -> Exit:
    """Say which bugs an environment has."""
    options = _parser().parse_args(arguments)
    refuse_undeliverable(options.output)
    if options.record:
        refuse_unwritable("--record", options.record)
    workspace = open_workspace()
    cases = select(workspace.cases, options.case, options.only)
    _refuse_empty(options, cases)
    moment = datetime.now(UTC)
    waivers = read_waivers(options.waivers, moment.date(), workspace.cases)
    measured = load_known((case for case in cases if case.aliases), workspace.index)
    environment = inspect(interpreter_in("--python", options.python))
    dependents = dependents_in(Path(environment.starlette_file).parent.parent) if options.source else ()
    code = read_source(options.source, cases, dependents)
    said = f"{options.python}: Starlette {environment.release}, {len(cases)} {'case' if len(cases) == 1 else 'cases'}"
    print(printable(said), file=sys.stderr, flush=True)
    runner = Runner(workspace.builder())
    found = rows(runner.run_in(environment, jobs_in(environment.release, cases, workspace.releases)))
    checked = Checked(
        named=str(options.python),
        environment=environment,
        checksum=checksum(Path(environment.starlette_file).parent),
        findings=touches.apply(apply(findings(cases, found), waivers), code),
        moment=moment,
        measured=measured,
        author=options.author,
    )
    report = Report(
        _document(options, checked),
        partial(table.show, checked, everything=options.all),
        partial(FORMATS["markdown"], checked, strict=options.strict),
        partial(github.annotations, checked, Path.cwd()),
    )
    deliver(report, options.output, at_terminal=options.format == "table")
    if options.record:
        write_record(options.record, "nox -s check", found)
    # After the report, which whoever mends the waivers wants to read.
    refuse_unused(options.waivers, waivers, checked.findings)
    return exit_code(checked, strict=options.strict)


def _document(options: argparse.Namespace, checked: Checked) -> Callable[[], str]:
    """What is written, in the format that was asked for."""
    if options.format == "table":
        return partial(table.text, checked, everything=options.all)
    return partial(FORMATS[options.format], checked, strict=options.strict)


def _refuse_empty(options: argparse.Namespace, cases: Sequence[Case]) -> None:
    """Refuse, before anything is run, a document in which nothing could stand."""
    if options.format in IGNORES and options.waivers is None:
        raise UserError(f"--format {options.format}: it says what is waived; name a file of waivers with --waivers")
    if options.format in (*IGNORES, "openvex") and not any(case.aliases for case in cases):
        right = "none of these cases has an advisory's identifier; leave --case and --only out, or name others"
        raise UserError(f"--format {options.format}: {right}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=prog("check"), description=__doc__)
    parser.add_argument(
        "--python", required=True, type=Path, metavar="PATH", help="the environment, or its interpreter"
    )
    add_selection(parser)
    add_source(parser)
    add_report(parser, FORMATS, strict="end with 1 for a deliberate change, too")
    parser.add_argument("--all", action="store_true", help="show every case, not only what is there or cannot be told")
    parser.add_argument("--record", type=Path, metavar="FILE", help="write the record there, as JSON Lines")
    parser.add_argument(
        "--author", default=openvex.NOBODY, metavar="NAME", help="who vouches for an OpenVEX document: you"
    )
    return parser
