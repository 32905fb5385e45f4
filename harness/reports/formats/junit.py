"""JUnit XML."""

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from harness.catalogue.case import Case
from harness.reports.formats.wording import address
from harness.runs.row import Row
from harness.support.files import write_whole


def write_junit(path: Path, rows: Sequence[Row]) -> None:
    """Write *rows* as JUnit XML: what differs is a failure, what could not be observed an error."""
    write_whole(path, document("cases", (_test(row) for row in rows)))


def document(name: str, tests: Iterable[TestCase]) -> str:
    """One suite, called *name*."""
    suite = TestSuite(name)
    for test in tests:
        suite.add_testcase(test)
    xml = JUnitXml()
    xml.add_testsuite(suite)
    written = io.BytesIO()
    xml.write(written, pretty=True)
    return written.getvalue().decode("utf-8")


def about(case: Case) -> str:
    """A case in a line: its title, its kind and whatever else it is known by, and where one reads on."""
    known = ", ".join((case.kind, *case.aliases))
    return f"{case.title} ({known}; {address(case)})"


def _test(row: Row) -> TestCase:
    test = TestCase(row.name, classname=f"cases.{row.case}", time=row.seconds)
    text = _xml(f"expected {row.expected}, seen {row.verdict}: {row.evidence}")
    if row.differs:
        test.result = [Failure(text)]
    elif row.unobserved:
        test.result = [Error(text, str(row.reason))]
    return test


def _xml(text: str) -> str:
    """Without the control characters that XML does not know."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)
