"""What an environment has, for a person at a terminal."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.catalogue.case import Kind
from harness.check.findings import Checked, Finding
from harness.check.formats.wording import answer, evidence
from harness.reports.formats.table import lines, without_terminal
from harness.reports.formats.wording import pages, plain
from harness.reports.printable import printable
from harness.touches.wording import said

# Of so many each is shown with what its program saw: more than a screen is of use to nobody.
_FEW = 12
_KINDS = {Kind.SECURITY: "security: ", Kind.BUG: "", Kind.BEHAVIOUR: "deliberate: "}


def show(checked: Checked, console: Console, *, everything: bool = False) -> None:
    """Print what is there and what could not be told, or *everything*."""
    shown = checked.findings if everything else (*checked.there, *checked.untold)
    console.print()
    console.print(Text(answer(checked), style="bold"), soft_wrap=True)
    if not shown:
        return
    detailed = everything or len(shown) <= _FEW
    console.print()
    console.print(_table(shown, detailed=detailed))
    if not detailed:
        console.print(Text("\nWhat their programs saw: --all, or --format json", style="dim"))
    cases = dict.fromkeys(each.case for each in shown)
    lines("What each is, and what to do without upgrading", pages(list(cases)), console)


def text(checked: Checked, *, everything: bool = False) -> str:
    """The same for a file."""
    return without_terminal(partial(show, checked, everything=everything))


def _table(shown: Sequence[Finding], *, detailed: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    # A column that says the same of each is left out: the answer above has said it.
    alike = all(each.is_there and not each.waiver for each in shown)
    for finding in shown:
        name = Text(finding.case.name, style="bold" if finding.case.kind is Kind.SECURITY else "")
        table.add_row("", *([] if alike else [_verdict(finding)]), name, _what(finding, detailed=detailed))
    for column in table.columns[:-1]:
        column.no_wrap = True
    return table


def _verdict(finding: Finding) -> Text:
    style = "dim" if finding.waiver else "bold red" if finding.is_there else "" if finding.is_told else "yellow"
    return Text(finding.row.verdict, style=style)


def _what(finding: Finding, *, detailed: bool) -> Text:
    case, waiver = finding.case, finding.waiver
    below = [", ".join(case.aliases), f"waived until {waiver.expires}: {plain(waiver.reason)}" if waiver else ""]
    below += [said(finding.touch, Path.cwd())]
    below += [evidence(finding)] if detailed or not finding.is_told else []
    more = "".join(f"\n{printable(line)}" for line in below if line)
    return Text.assemble((_KINDS[case.kind], "bold"), printable(case.title), (more, "dim"))
