"""A comparison for a person at a terminal."""

from functools import partial

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.reports.formats.table import lines, without_terminal
from harness.reports.formats.wording import number, page, plain
from harness.upgrade.comparison import PRESENT, Change, Comparison, Finding, Step
from harness.upgrade.formats.wording import answer, change, conflict, evidence, nearest, ran_on, unchecked

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
    lines("Versions that change", [_step(step) for step in comparison.steps], console)
    lines("Pinned beside it, and not allowing it", [conflict(each) for each in comparison.conflicts], console)
    left = unchecked(comparison)
    lines("Not checked", [left] if left else [], console)
    found = comparison.nearest
    elsewhere = found is not None and found.release != comparison.after.release
    refused = [conflict(each) for each in found.refused] if found and elsewhere else []
    lines("Where to go", [nearest(comparison) or "", *refused] if found else [], console)
    pages = dict.fromkeys(page(each.case) for each in comparison.findings if each.change in PRESENT)
    lines("What they are, and what to do without upgrading", list(pages), console)


def text(comparison: Comparison) -> str:
    """The same for a file."""
    return without_terminal(partial(show, comparison))


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
