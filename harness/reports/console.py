"""Shows rows to a person, and writes them as JUnit XML. Reads rows, and nothing else."""

import io
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.judgement.vocabulary import Verdict
from harness.catalogue.case import Case
from harness.reports.findings import contradictions, findings
from harness.runs.record import Row

_STYLES = {Verdict.AFFECTED: "yellow", Verdict.UNAFFECTED: "green"}
_LOG_WIDTH = 120


def show(rows: Sequence[Row], cases: Sequence[Case], console: Console | None = None) -> None:
    """Print what was seen, the boundaries that it confirms, the claims that it contradicts, and how it ended."""
    console = console or make_console()
    relevant = {name for case in cases for name in case.facts.environment.names}
    environments = groupby(rows, key=lambda row: (row.case, row.side, row.release, row.profile))
    for number, (_, group) in enumerate(environments):
        _show_group(tuple(group), relevant, console, headings=number == 0)
    _list("Boundaries", findings(cases, rows), console)
    _list("Published claims that this run contradicts", contradictions(cases, rows), console)
    console.print(f"\n{_summary(rows)}", highlight=False)


def make_console() -> Console:
    """A console that shows whatever a program says, on whatever the output can show."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_LOG_WIDTH)


def _show_group(rows: Sequence[Row], relevant: Iterable[str], console: Console, *, headings: bool) -> None:
    """One environment: what it is, then a line for each program."""
    first = rows[0]
    title = Text.assemble((first.case, "bold"), f"  {first.side}" if first.side else "", f"  Starlette {first.release}")
    console.print()
    console.print(title, Text(f"  {', '.join(_resolved(rows, frozenset(relevant)))}", style="dim"), sep="\n")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=headings, header_style="dim")
    for heading, width in (("  program", 18), ("expected", 14), ("seen", 16)):
        table.add_column(heading, width=width, no_wrap=True)
    table.add_column("evidence", overflow="fold")
    for row in rows:
        wrong = row.differs or row.unobserved
        seen = Text(f"{row.verdict} ✗" if wrong else row.verdict, style="bold red" if wrong else _style(row))
        evidence = Text(f"{row.reason}: {row.evidence}" if row.reason else row.evidence)
        table.add_row(f"  {row.program}", row.expected or "-", seen, evidence)
    console.print(table)


def _style(row: Row) -> str:
    return _STYLES.get(row.verdict, "")


def _resolved(rows: Sequence[Row], relevant: frozenset[str]) -> list[str]:
    """What the environment resolved to: the interpreter, and what the programs used of what cases care about."""
    used = sorted({pin for row in rows for pin in row.used})
    pins = [pin.replace("==", " ") for pin in used if pin.partition("==")[0] in relevant]
    return [*(f"Python {row.python}" for row in rows[:1] if row.python), *pins] or ["no environment"]


def _list(heading: str, lines: Iterable[object], console: Console) -> None:
    lines = tuple(lines)
    if lines:
        console.print(f"\n[bold]{heading}[/bold]")
        for line in lines:
            console.print(Text(f"  {line}"), soft_wrap=True)


def _summary(rows: Sequence[Row]) -> str:
    if not rows:
        return "Nothing was observed."
    counts = [
        (sum(not (row.differs or row.unobserved) for row in rows), "as expected"),
        (sum(row.differs for row in rows), "not as expected"),
        (sum(row.unobserved for row in rows), "could not be observed"),
    ]
    if all(row.expected is None for row in rows):
        bugs = ", ".join(sorted({f"#{row.issue}" for row in rows if row.differs}))
        unseen = ", ".join(sorted({f"#{row.issue}" for row in rows if row.unobserved}))
        doubt = f" Whether it has {unseen} could not be told." if unseen else ""
        none = "none of the bugs that could be looked for" if unseen else "none of these bugs"
        said = f"Starlette {rows[0].release}, as installed here, has {bugs or none}.{doubt}"
        pages = sorted({f"cases/{row.case}/README.md" for row in rows if row.differs})
        return "\n".join([said, *(f"  What it is, and what to do without upgrading: {page}" for page in pages)])
    return f"{len(rows)} observations: " + ", ".join(f"{count} {what}" for count, what in counts if count) + "."


def write_junit(path: Path, rows: Sequence[Row]) -> None:
    """Write *rows* as JUnit XML: what differs is a failure, what could not be observed an error."""
    suite = TestSuite("cases")
    for row in rows:
        test = TestCase(row.name, classname=f"cases.{row.case}", time=row.seconds)
        text = _printable(f"expected {row.expected}, seen {row.verdict}: {row.evidence}")
        if row.differs:
            test.result = [Failure(text)]
        elif row.unobserved:
            test.result = [Error(text, str(row.reason))]
        suite.add_testcase(test)
    xml = JUnitXml()
    xml.add_testsuite(suite)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    xml.write(str(part), pretty=True)
    part.replace(path)


def _printable(text: str) -> str:
    """Without the control characters that XML does not know."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)
