"""Writes rows as JUnit XML."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from harness.runs.row import Row
from harness.support.files import write_whole


def write_junit(path: Path, rows: Sequence[Row]) -> None:
    """Write *rows* as JUnit XML: what differs is a failure, what could not be observed an error."""
    suite = TestSuite("cases")
    for row in rows:
        test = TestCase(row.name, classname=f"cases.{row.case}", time=row.seconds)
        text = _xml(f"expected {row.expected}, seen {row.verdict}: {row.evidence}")
        if row.differs:
            test.result = [Failure(text)]
        elif row.unobserved:
            test.result = [Error(text, str(row.reason))]
        suite.add_testcase(test)
    xml = JUnitXml()
    xml.add_testsuite(suite)
    written = io.BytesIO()
    xml.write(written, pretty=True)
    write_whole(path, written.getvalue().decode("utf-8"))


def _xml(text: str) -> str:
    """Without the control characters that XML does not know."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)
