"""A comparison as SARIF 2.1.0: a result for each bug that is there after the upgrade, or that could not be told.

A result points at the line of code that uses it, where that is known, or at the line that pins Starlette. Where there
is neither it has no location: SARIF allows that, GitHub's code scanning refuses the whole upload ("expected at least
one location").
"""

from pathlib import Path
from typing import Any

from harness.reports.formats.sarif import document, locations, message, suppressions
from harness.reports.formats.wording import Place
from harness.touches.wording import place as place_used
from harness.upgrade.comparison import Change, Comparison, Finding
from harness.upgrade.formats.wording import change, place, told

_LEVELS = {Change.INTRODUCED: "error", Change.STILL_PRESENT: "warning", Change.UNTOLD: "note"}


def write(comparison: Comparison, here: Path) -> str:
    """One run. Files are named relative to *here*, which is to be the root of the repository."""
    cases = list({finding.case.name: finding.case for finding in comparison.findings}.values())
    at = place(comparison, here)
    told = [finding for finding in comparison.findings if finding.change is not Change.UNTOLD]
    results = [
        _result(each, [case.name for case in cases].index(each.case.name), at, here)
        for each in comparison.findings
        if each.change in _LEVELS
    ]
    return document("upgrade", cases, results, successful=bool(told))


def _result(finding: Finding, rule: int, at: Place | None, here: Path) -> dict[str, Any]:
    return {
        "ruleId": finding.case.name,
        "ruleIndex": rule,
        "level": _LEVELS[finding.change],
        "message": {"text": message(f"{change(finding)}: {finding.case.title} ({told(finding)})")},
        # Not GitHub's own key: its upload computes that from the line, and warns of whatever else it finds there.
        "partialFingerprints": {"starletteCases/v1": f"{finding.case.name}/{finding.check}"},
        "suppressions": suppressions(finding.waived),
        **locations(place_used(finding.touch, here), at),
    }
