"""Run the cases on their broken, their fixed and the newest release.

Every cell that was asked for in one go, each environment visited once, and one record of it all.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from harness.catalogue.case import Case
from harness.catalogue.selection import select
from harness.commands.arguments import add_selection
from harness.environments.builder import interpreter_for
from harness.environments.model import Unavailable
from harness.reports.console import show
from harness.reports.formats.junit import write_junit
from harness.reports.progress import progress
from harness.runs.plan import Cell, Job, plan
from harness.runs.record import exit_code, start_record, write_record
from harness.runs.row import Row
from harness.runs.run import Runner, rows
from harness.runs.workspace import open_workspace
from harness.support.exits import Exit
from harness.support.invocation import prog
from harness.support.paths import REPORTS

COMMAND = "nox -s cases"
RECORD = REPORTS / "cases.jsonl"


def main(arguments: Sequence[str]) -> Exit:
    """Run every cell of the cases that are asked for, without nox."""
    parser = _parser(f"The record is written to {RECORD}.")
    add_selection(parser)
    options = parser.parse_args(arguments)
    workspace = open_workspace()
    run = CasesRun()
    try:
        found = run.run(plan(select(workspace.cases, options.case, options.only), workspace.profiles), options)
    finally:
        run.show()
    return exit_code(found)


class CasesRun:
    """One run: the first cell runs all of them, the last one shows what was seen."""

    def __init__(self) -> None:
        self.code: int = Exit.AS_EXPECTED
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._shown: Callable[[], None] | None = None

    def cell(self, cell: Cell, selected: Sequence[Cell], arguments: Sequence[str]) -> str | None:
        """The outcome of one cell of *selected*: a sentence where it did not go as expected.

        Raises:
            UserError: nothing could be run, for a reason that no other cell escapes.
            SystemExit: the arguments ask for help or are wrong, which has been said.
        """
        if not self._rows:
            self.run(selected, _nox_options(arguments))
        own = self._rows[cell.name]
        # What this machine has no interpreter for is named and not run; where that is everything, nothing ran.
        self.code = exit_code(own) if own or not any(self._rows.values()) else Exit.AS_EXPECTED
        wrong = [row for row in own if row.differs or row.unobserved]
        return f"{len(wrong)} of {len(own)} observations are not as expected" if wrong else None

    def run(self, selected: Sequence[Cell], options: argparse.Namespace) -> Sequence[Row]:
        """Run *selected* and write the record: a row for each program."""
        workspace = open_workspace()
        command = f"{COMMAND} -- --swap" if options.swap else COMMAND
        start_record(RECORD, command)
        cells = [replace(each, swapped=options.swap) for each in selected]
        jobs = {cell.name: list(cell.jobs(workspace.releases)) for cell in cells}
        missing = _without_interpreter([job for each in jobs.values() for job in each])
        wanted = [job for each in jobs.values() for job in each if job.target.python not in missing]
        with progress(len({job.target.base for job in wanted})) as done:
            found = Runner(workspace.locked_builder()).run(wanted, done=done)
        for name, own in jobs.items():
            self._rows[name] = rows({job: found[job] for job in own if job in found})
        everything = [row for own in self._rows.values() for row in own]
        cases = {cell.case.name: cell.case for cell in cells}
        self._shown = partial(_show, everything, tuple(cases.values()), list(missing.values()), whole=options.all)
        write_record(RECORD, command, everything)
        write_junit(RECORD.with_suffix(".xml"), everything)
        return everything

    def show(self) -> None:
        """Print what was seen, after all that nox has to say."""
        if self._shown:
            self._shown()


def _without_interpreter(jobs: Sequence[Job]) -> dict[str, str]:
    """Specifiers of Python that no interpreter of this machine fits, each with what is said of it."""
    found = {}
    for python in dict.fromkeys(job.target.python for job in jobs):
        interpreter = interpreter_for(python)
        if isinstance(interpreter, Unavailable):
            names = dict.fromkeys(job.task.case.name for job in jobs if job.target.python == python)
            found[python] = f"{', '.join(names)} {interpreter.detail}"
    return found


def _show(found: Sequence[Row], cases: Sequence[Case], missing: Sequence[str], *, whole: bool) -> None:
    sys.stderr.flush()
    show(found, cases, everything=whole)
    for why in missing:
        print(f"Not run here: {why}")
    sys.stdout.flush()


def _nox_options(arguments: Sequence[str]) -> argparse.Namespace:
    chosen = "Cells are chosen before the --: nox -k 483, or nox -s 'cases(session_websocket_483-broken)'."
    return _parser(chosen).parse_args(list(arguments))


def _parser(epilog: str) -> argparse.ArgumentParser:
    description = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog=prog("cases"), description=description, epilog=epilog)
    parser.add_argument("--all", action="store_true", help="show every observation, however many there are")
    parser.add_argument("--swap", action="store_true", help="exchange the sides of every boundary: this must fail")
    return parser
