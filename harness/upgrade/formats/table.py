"""A comparison for a person at a terminal."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from harness.evidence.document import said as what
from harness.reports.formats.table import lines, without_terminal
from harness.reports.formats.wording import pages, plain, titled
from harness.touches.wording import said as in_code
from harness.upgrade.comparison import PRESENT, SHOWN, Change, Comparison, Step
from harness.upgrade.formats.grouping import Bug, apart, bugs
from harness.upgrade.formats.wording import (
    PLAN,
    answer,
    basis,
    conflict,
    doubts,
    heading,
    plan,
    ran_on,
    unchecked,
    where,
    workaround,
)

_STYLES = {
    Change.FIXED: "green",
    Change.INTRODUCED: "bold red",
    Change.STILL_PRESENT: "yellow",
    Change.UNTOLD: "bold red",
}

# Up to so many bugs that have changed alike have a line each.
_MOST = 8
# Of those that are new, more have.
_NEW = 20
# Longer evidence is in the other formats.
_LONGEST = 90


def show(comparison: Comparison, console: Console) -> None:
    """Print the answer, what stands in its way, what it rests on, and where to go instead."""
    console.print()
    console.print(Text(answer(comparison), style="bold"), soft_wrap=True)
    console.print(Text(basis(comparison)), soft_wrap=True)
    for name, side in (("before", comparison.before), ("after ", comparison.after)):
        console.print(Text(f"  {name}  {ran_on(side)}", style="dim"), soft_wrap=True)
    lines("Pinned beside it, and not allowing it", [conflict(each) for each in comparison.conflicts], console)
    for change in SHOWN:
        _group(change, bugs(comparison, change), console)
    lines("Versions that change", [_step(step) for step in comparison.steps], console)
    left = unchecked(comparison)
    lines("Not checked", [left] if left else [], console)
    lines("Where to go", list(where(comparison)), console)
    if len(comparison.candidates) > 1:
        console.print(Padding(_plan(comparison), (0, 0, 0, 2)))
    lines("Workarounds that were run", [workaround(each) for each in comparison.workarounds], console)
    there = list({each.case.name: each.case for each in comparison.findings if each.change in PRESENT}.values())
    lines("What they are, and what to do without upgrading", pages(there) if there else [], console)


def _plan(comparison: Comparison) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in PLAN:
        table.add_column(column, overflow="fold")
    for row in plan(comparison):
        table.add_row(*(Text(plain(cell)) for cell in row))
    return table


def text(comparison: Comparison) -> str:
    """The same for a file."""
    return without_terminal(partial(show, comparison))


def _group(change: Change, found: Sequence[Bug], console: Console) -> None:
    """Print a line for each bug as long as these are few, else for each security bug; of the others the number."""
    if not found:
        return
    console.print(Text(f"\n{heading(change)}: {len(found)}", style=f"bold {_STYLES[change]}"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for column in range(3):
        table.add_column(no_wrap=column == 1, overflow="fold")
    shown, others = apart(found, _NEW if change is Change.INTRODUCED else _MOST)
    for bug in shown:
        kind = Text(f"  {bug.case.kind}", style="bold red" if bug.is_security else "dim")
        table.add_row(kind, Text(bug.case.label), _about(bug, change))
    if shown:
        console.print(table)
    if others:
        named = ", ".join(dict.fromkeys(bug.case.label for bug in others))
        beside = f"{len(others)} others: " if shown else ""
        console.print(Padding(Text(f"{beside}{named}", style="dim"), (0, 0, 0, 2)))


def _about(bug: Bug, change: Change) -> Text:
    """What a bug is; of one that is new or could not be told also which program shows what after the upgrade."""
    said = [plain(titled(bug.case))]
    said += filter(None, [in_code(bug.findings[0].touch, Path.cwd())])
    for each in bug.findings:
        if waiver := each.waived:
            said.append(f"{each.check}: waived until {waiver.expires}: {plain(waiver.reason)}")
        elif change is Change.INTRODUCED:
            said.append(f"{each.check}: {_short(plain(what(each.after)))}")
        said += [f"{each.check} {doubt}" for doubt in doubts(each)]
    return Text.assemble(said[0], *((f"\n{line}", "dim") for line in said[1:]))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _step(step: Step) -> str:
    return f"{step.name} {step.before or 'none'} -> {step.after or 'none'}"
