"""Put each documented bug back into the newest release: its case must notice, and no other."""

import argparse
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.table import Table
from rich.text import Text

from harness.catalogue.case import Case, Check
from harness.catalogue.selection import select
from harness.commands.arguments import add_selection
from harness.judgement.vocabulary import Verdict
from harness.mutants.run import run_mutants
from harness.reports.console import FEW, make_console
from harness.reports.printable import printable
from harness.runs.record import exit_code, start_record, write_record
from harness.runs.row import Row
from harness.runs.run import Runner
from harness.runs.workspace import open_workspace
from harness.support.exits import Exit
from harness.support.invocation import prog
from harness.support.paths import REPORTS

_COMMAND = "nox -s mutants"
_RECORD = REPORTS / "mutants.jsonl"


def main(arguments: Sequence[str]) -> Exit:
    """Run the mutants, show which were caught, and write the record."""
    parser = argparse.ArgumentParser(prog=prog("mutants"), description=__doc__)
    add_selection(parser)
    parser.add_argument("--all", action="store_true", help="show every mutant, however many there are")
    options = parser.parse_args(arguments)
    workspace = open_workspace()
    start_record(_RECORD, _COMMAND)
    mutated = select(workspace.cases, options.case, options.only)
    rows = run_mutants(mutated, select(workspace.cases), workspace.releases, Runner(workspace.locked_builder()))
    console = make_console()
    whole = options.all or len(mutated) <= FEW
    shown = [row for row in rows if _wrong(row) or (whole and row.check is Check.MUTANT)]
    if shown:
        console.print(_table(shown))
    for case in mutated:
        if case.no_mutant and whole:
            console.print(Text(f"{case.name} has none: {printable(case.no_mutant)}"), soft_wrap=True)
    console.print(f"\n{_summary(rows, mutated)}")
    write_record(_RECORD, _COMMAND, rows)
    return exit_code(row for row in rows if _counts(row))


def _counts(row: Row) -> bool:
    """Whether a row decides how the command ends.

    An edit may break another case's program in another way than by its bug. That is not a bug seen by the wrong case.
    """
    return row.mutant is None or row.check is Check.MUTANT or row.verdict is Verdict.AFFECTED


def _wrong(row: Row) -> bool:
    return _counts(row) and (row.differs or row.unobserved)


def _table(rows: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("mutant of", "expected", "seen"):
        table.add_column(heading, no_wrap=True)
    table.add_column("evidence", overflow="fold")
    for _, group in groupby(rows, key=lambda row: row.mutant):
        for row in sorted(group, key=lambda row: row.check is not Check.MUTANT):
            wrong = _wrong(row)
            seen = Text(f"{row.verdict} ✗" if wrong else row.verdict, style="bold red" if wrong else "green")
            evidence = Text(printable(f"{row.reason}: {row.evidence}" if row.reason else row.evidence))
            table.add_row(_subject(row), row.expected or "-", seen, evidence)
    return table


def _subject(row: Row) -> str:
    if row.check is Check.MUTANT:
        return row.case
    return f"{'  seen by' if row.mutant else 'without any:'} {row.case} {row.program}"


def _summary(rows: Iterable[Row], mutated: Sequence[Case]) -> str:
    rows = tuple(rows)
    mine = [row for row in rows if row.check is Check.MUTANT]
    others = [row for row in rows if row.check is not Check.MUTANT]
    missed = {row.mutant for row in mine if _wrong(row)}
    caught = len({row.mutant for row in mine} - missed)
    changed = sum(_wrong(row) for row in others)
    kept = f"{changed} of {len(others)} other observations are not" if changed else f"all {len(others)} others are"
    total = sum(bool(case.mutant) for case in mutated)
    without = sum(bool(case.no_mutant) for case in mutated)
    none = f" {without} {'case has' if without == 1 else 'cases have'} none." if without else ""
    return f"{caught} of {total} mutants are caught; {kept} as they should be.{none}"
