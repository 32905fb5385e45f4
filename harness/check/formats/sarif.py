"""What an environment has as SARIF 2.1.0: a result for each bug that is there, or that could not be told.

A result points at the line of code that uses it, where that is known, or at the Starlette that was looked at: without a
location, GitHub's code scanning refuses a whole upload.
"""

from pathlib import Path
from typing import Any

from harness.catalogue.case import Kind
from harness.check.findings import Checked, Finding
from harness.check.formats.wording import told
from harness.reports.formats.sarif import document, locations, message, suppressions
from harness.reports.formats.wording import Place, place_of
from harness.touches.wording import place as place_used

_LEVELS = {Kind.SECURITY: "error", Kind.BUG: "warning", Kind.BEHAVIOUR: "note"}


def write(checked: Checked, here: Path) -> str:
    """One run. Files are named relative to *here*, which is to be the root of the repository."""
    cases = list({finding.case.name: finding.case for finding in checked.findings}.values())
    at = place(checked, here)
    names = [case.name for case in cases]
    results = [_result(each, names.index(each.case.name), at, here) for each in (*checked.there, *checked.untold)]
    return document("check", cases, results, successful=len(checked.untold) < len(checked.findings))


def place(checked: Checked, here: Path) -> Place:
    """Where the Starlette lies that was looked at."""
    return place_of(Path(checked.environment.starlette_file), 1, here)


def _result(finding: Finding, rule: int, at: Place, here: Path) -> dict[str, Any]:
    return {
        "ruleId": finding.case.name,
        "ruleIndex": rule,
        "level": _LEVELS[finding.case.kind] if finding.is_there else "note",
        "message": {"text": message(f"{finding.row.verdict}: {finding.case.title} ({told(finding)})")},
        # Not GitHub's own key: its upload computes that from the line, and warns of whatever else it finds there.
        "partialFingerprints": {"starletteCases/v1": f"{finding.case.name}/{finding.row.check}"},
        "suppressions": suppressions(finding.waiver),
        **locations(place_used(finding.touch, here), at),
    }
