"""Shows rows to a person, and writes them as JUnit XML. Reads records, and nothing else."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.case import Case
from harness.claims import contradictions
from harness.record import Row
from harness.verdict import Verdict

_STYLES = {Verdict.AFFECTED: "yellow", Verdict.UNAFFECTED: "green", Verdict.NOT_APPLICABLE: "dim"}


def show(rows: Sequence[Row], cases: Iterable[Case], console: Console | None = None) -> None:
    """Print the table of a run, what it contradicts, and how it ended."""
    console = console or Console(soft_wrap=False)
    console.print(_table(rows))
    if found := contradictions(cases, rows):
        console.print("\nClaims that this run contradicts:")
        for each in found:
            console.print(f"  {each}", soft_wrap=True, highlight=False)
    console.print(_summary(rows), highlight=False)


def _table(rows: Sequence[Row]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    for heading in ("case", "program", "release", "with", "expected", "seen", "evidence"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("expected", "seen", "release"))
    for row in rows:
        wrong = row.differs or row.unobserved
        seen = Text(
            f"{row.verdict}{' ✗' if wrong else ''}", style="bold red" if wrong else _STYLES.get(row.verdict, "")
        )
        evidence = f"{row.reason}: {row.evidence}" if row.reason else row.evidence
        table.add_row(
            row.case, row.check, row.release, ", ".join(_resolved(row)), row.expected or "-", seen, Text(evidence)
        )
    return table


def _resolved(row: Row) -> list[str]:
    """What the environment resolved to: the interpreter, and what the program imported besides Starlette."""
    pins = [pin.replace("==", " ") for pin in row.used if not pin.startswith("starlette==")]
    return [*([f"Python {row.python}"] if row.python else []), *pins]


def _summary(rows: Sequence[Row]) -> str:
    differing = sum(row.differs for row in rows)
    unobserved = sum(row.unobserved for row in rows)
    expected = len(rows) - differing - unobserved
    parts = [f"{expected} as expected", f"{differing} not", f"{unobserved} could not be observed"]
    return f"\n{len(rows)} observations: {', '.join(parts)}"


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
    xml.write(str(path), pretty=True)


def _printable(text: str) -> str:
    """Without the control characters that XML does not know."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)
