"""Put each documented bug back into the newest release: its case must notice, and no other."""

import argparse
from collections.abc import Sequence
from itertools import groupby

from rich.table import Table
from rich.text import Text

from harness.catalogue.case import Check
from harness.catalogue.loading import load_catalogue, select
from harness.environments.builder import Builder
from harness.mutants.run import run_mutants
from harness.reports.console import make_console
from harness.runs.record import Row, exit_code, write_record
from harness.support.exits import Exit
from harness.support.paths import REPORTS


def main(arguments: Sequence[str]) -> Exit:
    """Run the mutants, show which were caught, and write the record."""
    parser = argparse.ArgumentParser(prog="nox -s mutants --", description=__doc__)
    parser.add_argument(
        "--case", action="append", default=[], metavar="NAME", help="only the mutant of this case; repeatable"
    )
    options = parser.parse_args(arguments)
    cases = load_catalogue()
    mutated = select(cases, dict.fromkeys(options.case))
    rows = run_mutants(mutated, cases, Builder())
    write_record(REPORTS / "mutants.jsonl", "nox -s mutants", rows)
    console = make_console()
    console.print(_table(rows))
    console.print(f"\n{_summary(rows, len(mutated))}")
    return exit_code(rows)


def _table(rows: Sequence[Row]) -> Table:
    """A line for what each case sees of its own mutant, and below it whatever else is not as it should be."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("mutant of", "expected", "seen"):
        table.add_column(heading, no_wrap=True)
    table.add_column("evidence", overflow="fold")
    for _, group in groupby(rows, key=lambda row: row.mutant):
        for row in sorted(group, key=lambda row: row.check is not Check.MUTANT):
            wrong = row.differs or row.unobserved
            if row.check is Check.MUTANT or wrong:
                seen = Text(f"{row.verdict} ✗" if wrong else row.verdict, style="bold red" if wrong else "green")
                evidence = Text(f"{row.reason}: {row.evidence}" if row.reason else row.evidence)
                table.add_row(_subject(row), row.expected or "-", seen, evidence)
    return table


def _subject(row: Row) -> str:
    if row.check is Check.MUTANT:
        return row.case
    return f"{'  also seen by' if row.mutant else 'without any:'} {row.case} {row.program}"


def _summary(rows: Sequence[Row], mutants: int) -> str:
    mine = [row for row in rows if row.check is Check.MUTANT]
    others = [row for row in rows if row.check is not Check.MUTANT]
    missed = {row.mutant for row in mine if row.differs or row.unobserved}
    caught = len({row.mutant for row in mine} - missed)
    changed = sum(row.differs or row.unobserved for row in others)
    kept = f"{changed} of {len(others)} other observations are not" if changed else f"all {len(others)} others are"
    return f"{caught} of {mutants} mutants are caught; {kept} as they should be."
