"""A comparison as JUnit XML: introduced is a failure, what could not be told an error, what is waived is skipped."""

import io

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from harness.upgrade.comparison import Change, Comparison, Finding
from harness.upgrade.formats.wording import change, doubts, evidence, plain


def write(comparison: Comparison, *, strict: bool) -> str:
    """One test for each program that tells. A bug that is still present fails where *strict*."""
    suite = TestSuite("upgrade")
    for finding in comparison.findings:
        suite.add_testcase(_test(finding, strict=strict))
    xml = JUnitXml()
    xml.add_testsuite(suite)
    written = io.BytesIO()
    xml.write(written, pretty=True)
    return written.getvalue().decode("utf-8")


def _test(finding: Finding, *, strict: bool) -> TestCase:
    seconds = round(finding.before.seconds + finding.after.seconds, 3)
    test = TestCase(f"{finding.case.name}-{finding.check}", classname=f"cases.{finding.case.name}", time=seconds)
    said = f"{change(finding)}: {evidence(finding)}"
    if waiver := finding.waived:
        test.result = [Skipped(plain(f"waived until {waiver.expires}: {waiver.reason}; {said}"))]
    elif finding.fails(strict=strict):
        test.result = [Failure(said, finding.change)]
    elif finding.change is Change.UNTOLD:
        test.result = [Error(said, "; ".join(doubts(finding)))]
    return test
