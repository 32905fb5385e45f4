"""A comparison for a person at a terminal."""

import io

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.upgrade.comparison import PRESENT, Change, Comparison, Finding, Step
from harness.upgrade.formats.wording import (
    answer,
    change,
    conflict,
    evidence,
    nearest,
    number,
    page,
    plain,
    ran_on,
    unchecked,
)

_WIDTH = 120
_STYLES = {
    Change.FIXED: "green",
    Change.INTRODUCED: "bold red",
    Change.STILL_PRESENT: "yellow",
    Change.UNTOLD: "bold red",
}


def show(comparison: Comparison, console: Console) -> None:
    """Print the answer, what it rests on, and where to go instead."""
    console.print()
    console.print(Text(answer(comparison), style="bold"), soft_wrap=True)
    for name, side in (("before", comparison.before), ("after ", comparison.after)):
        console.print(Text(f"  {name}  {ran_on(side)}", style="dim"), soft_wrap=True)
    console.print()
    console.print(_findings(comparison))
    _list("Versions that change", [_step(step) for step in comparison.steps], console)
    _list("Pinned beside it, and not allowing it", [conflict(each) for each in comparison.conflicts], console)
    left = unchecked(comparison)
    _list("Not checked", [left] if left else [], console)
    found = comparison.nearest
    elsewhere = found is not None and found.release != comparison.after.release
    refused = [conflict(each) for each in found.refused] if found and elsewhere else []
    _list("Where to go", [nearest(comparison) or "", *refused] if found else [], console)
    pages = dict.fromkeys(page(each.case) for each in comparison.findings if each.change in PRESENT)
    _list("What they are, and what to do without upgrading", list(pages), console)


def text(comparison: Comparison) -> str:
    """The same for a file."""
    written = io.StringIO()
    show(comparison, Console(file=written, width=_WIDTH, color_system=None))
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())


def _findings(comparison: Comparison) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("  bug", "program"):
        table.add_column(heading, no_wrap=True)
    table.add_column("what becomes of it", min_width=26)
    table.add_column("evidence", overflow="fold")
    for finding in comparison.findings:
        bug = f"  {number(finding.after)} {finding.case.name}"
        style = "dim" if finding.waived else _STYLES.get(finding.change, "")
        table.add_row(Text(bug), Text(finding.check), Text(_becomes(finding), style=style), Text(evidence(finding)))
    return table


def _becomes(finding: Finding) -> str:
    waiver = finding.waived
    waived = f", waived until {waiver.expires}: {plain(waiver.reason)}" if waiver else ""
    return f"{change(finding)}{waived}"


def _step(step: Step) -> str:
    return f"{step.name} {step.before or 'none'} -> {step.after or 'none'}"


def _list(heading: str, lines: list[str], console: Console) -> None:
    if lines:
        console.print(Text(f"\n{heading}", style="bold"))
        for line in lines:
            console.print(Text(f"  {plain(line)}"), soft_wrap=True)
