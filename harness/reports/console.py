"""Shows rows to a person. Reads rows, and nothing else."""

import io
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.catalogue.case import Case
from harness.evidence.claims import contradicted
from harness.judgement.vocabulary import Verdict
from harness.reports.findings import Confirmation, confirmations
from harness.reports.printable import printable
from harness.runs.row import Row

_STYLES = {Verdict.AFFECTED: "yellow", Verdict.UNAFFECTED: "green"}
_LOG_WIDTH = 120
# So many cases are shown whole; of more, what is not as expected is.
FEW = 6


def show(rows: Sequence[Row], cases: Sequence[Case], *, everything: bool = False) -> None:
    """Print what was seen, the boundaries that it confirms, the claims that it contradicts, and how it ended."""
    console = make_console()
    whole = everything or len({row.case for row in rows}) <= FEW
    _show_tables([row for row in rows if whole or row.differs or row.unobserved], cases, console)
    confirmed = confirmations(cases, rows)
    _list("Boundaries", [each for each in confirmed if whole or not each.confirmed], console)
    _list("Published claims that this run contradicts", _contradictions(confirmed), console)
    console.print(f"\n{_summary(rows)}{'' if whole else _counted(confirmed)}", highlight=False)


def make_console() -> Console:
    """A console that shows whatever a program says, on whatever the output can show."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_LOG_WIDTH)


def _show_tables(rows: Sequence[Row], cases: Sequence[Case], console: Console) -> None:
    relevant = {name for case in cases for name in case.environment.names}
    environments = groupby(rows, key=lambda row: (row.case, row.side, row.release, row.profile))
    for number, (_, group) in enumerate(environments):
        _show_group(tuple(group), relevant, console, headings=number == 0)


def _show_group(rows: Sequence[Row], relevant: Iterable[str], console: Console, *, headings: bool) -> None:
    """One environment: what it is, then a line for each program."""
    first = rows[0]
    profile = f", {first.profile}" if first.profile else ""
    side = f"  {first.side}" if first.side else ""
    title = Text.assemble((first.case, "bold"), side, printable(f"  Starlette {first.release}{profile}"))
    console.print()
    made_of = printable(", ".join(_resolved(rows, frozenset(relevant))))
    console.print(title, Text(f"  {made_of}", style="dim"), sep="\n")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=headings, header_style="dim")
    for heading, width in (("  program", 18), ("expected", 14), ("seen", 16)):
        table.add_column(heading, width=width, no_wrap=True)
    table.add_column("evidence", overflow="fold")
    for row in rows:
        wrong = row.differs or row.unobserved
        seen = Text(f"{row.verdict} ✗" if wrong else row.verdict, style="bold red" if wrong else _style(row))
        table.add_row(f"  {row.program}", row.expected or "-", seen, Text(_evidence(row)))
    console.print(table)


def _evidence(row: Row) -> str:
    return printable(f"{row.reason}: {row.evidence}" if row.reason else row.evidence)


def _style(row: Row) -> str:
    return _STYLES.get(row.verdict, "")


def _resolved(rows: Sequence[Row], relevant: frozenset[str]) -> list[str]:
    """What the environment resolved to: the interpreter, and what the programs used of what cases care about."""
    used = sorted({pin for row in rows for pin in row.used})
    pins = [pin.replace("==", " ") for pin in used if pin.partition("==")[0] in relevant]
    return [*(f"Python {row.python}" for row in rows[:1] if row.python), *pins] or ["no environment"]


def _contradictions(confirmed: Iterable[Confirmation]) -> list[str]:
    """What the confirmed boundaries of a case contradict."""
    found: list[str] = []
    for case, group in groupby(confirmed, key=lambda each: each.case):
        ends = [each.boundary for each in group if each.confirmed]
        claims = [claim for claim in case.claims if ends and claim.fixed]
        wrong = [(claim, right) for claim in claims if (right := contradicted(str(claim.fixed), ends))]
        found += [f"{case.name}: {claim.source}: fixed in {claim.fixed}; measured: {right}" for claim, right in wrong]
    return found


def _list(heading: str, lines: Iterable[object], console: Console) -> None:
    lines = tuple(lines)
    if lines:
        console.print(f"\n[bold]{heading}[/bold]")
        for line in lines:
            console.print(Text(f"  {printable(str(line))}"), soft_wrap=True)


def _counted(boundaries: Sequence[Confirmation]) -> str:
    if not boundaries:
        return ""
    return f" Of {len(boundaries)} boundaries, {sum(each.confirmed for each in boundaries)} are confirmed."


def _summary(rows: Sequence[Row]) -> str:
    if not rows:
        return "Nothing was observed."
    counts = [
        (sum(not (row.differs or row.unobserved) for row in rows), "as expected"),
        (sum(row.differs for row in rows), "not as expected"),
        (sum(row.unobserved for row in rows), "could not be observed"),
    ]
    return f"{len(rows)} observations: " + ", ".join(f"{count} {what}" for count, what in counts if count) + "."
