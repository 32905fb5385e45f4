"""A comparison as JUnit XML: introduced is a failure, what could not be told an error, what is waived is skipped."""

from junitparser import Error, Failure, Skipped, TestCase

from harness.reports.formats import junit
from harness.reports.formats.wording import plain
from harness.upgrade.comparison import Change, Comparison, Finding
from harness.upgrade.formats.wording import change, doubts, told


def write(comparison: Comparison, *, strict: bool) -> str:
    """One test for each program that tells. A bug that is still present fails where *strict*."""
    return junit.document("upgrade", (_test(finding, strict=strict) for finding in comparison.findings))


def _test(finding: Finding, *, strict: bool) -> TestCase:
    seconds = round(finding.before.seconds + finding.after.seconds, 3)
    test = TestCase(f"{finding.case.name}-{finding.check}", classname=f"cases.{finding.case.name}", time=seconds)
    said = f"{plain(junit.about(finding.case))}: {change(finding)}: {told(finding)}"
    if waiver := finding.waived:
        test.result = [Skipped(plain(f"waived until {waiver.expires}: {waiver.reason}; {said}"))]
    elif finding.fails(strict=strict):
        test.result = [Failure(said, finding.change)]
    elif finding.change is Change.UNTOLD:
        test.result = [Error(said, "; ".join(doubts(finding)))]
    return test
