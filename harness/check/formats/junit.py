"""What an environment has as JUnit XML: a failure is what is there, an error what could not be told.

Skipped is what there is nothing to fail for: what is waived, not applicable, or a deliberate change.
"""

from junitparser import Error, Failure, Skipped, TestCase

from harness.check.findings import Checked, Finding
from harness.check.formats.wording import becomes, told
from harness.judgement.vocabulary import Verdict
from harness.reports.formats import junit
from harness.reports.formats.junit import about
from harness.reports.formats.wording import plain


def write(checked: Checked, *, strict: bool) -> str:
    """One test for each program that tells. A deliberate change fails where *strict*."""
    return junit.document("check", (_test(each, strict=strict) for each in checked.findings))


def _test(finding: Finding, *, strict: bool) -> TestCase:
    row = finding.row
    test = TestCase(f"{row.case}-{row.check}", classname=f"cases.{row.case}", time=row.seconds)
    said = plain(f"{about(finding.case)}: {becomes(finding)}: {told(finding)}")
    if finding.fails(strict=strict):
        test.result = [Failure(said, row.verdict)]
    elif finding.is_there or row.verdict is Verdict.NOT_APPLICABLE:
        test.result = [Skipped(said)]
    elif not finding.is_told:
        test.result = [Error(said, str(row.reason))]
    return test
