"""A comparison as SARIF 2.1.0: a result for each bug that is there after the upgrade, or that could not be told.

A result points at the line that pins Starlette. Where neither side is a file it has no location:
SARIF allows that, GitHub's code scanning refuses the whole upload ("expected at least one location").
"""

from pathlib import Path
from typing import Any

from harness.catalogue.case import Case
from harness.evidence.osv import links
from harness.upgrade.comparison import Change, Comparison, Finding
from harness.upgrade.formats.json import dump
from harness.upgrade.formats.wording import Place, address, change, evidence, page, place, plain

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Change.INTRODUCED: "error", Change.STILL_PRESENT: "warning", Change.UNTOLD: "note"}


def write(comparison: Comparison, here: Path) -> str:
    """One run. Files are named relative to *here*, which is to be the root of the repository."""
    cases = list({finding.case.name: finding.case for finding in comparison.findings}.values())
    at = place(comparison, here)
    told = [finding for finding in comparison.findings if finding.change is not Change.UNTOLD]
    run = {
        "tool": {"driver": {"name": "starlette-cases", "rules": [_rule(case) for case in cases]}},
        "automationDetails": {"id": "starlette-cases-upgrade/"},
        "invocations": [{"executionSuccessful": bool(told)}],
        "results": [
            _result(each, [case.name for case in cases].index(each.case.name), at)
            for each in comparison.findings
            if each.change in _LEVELS
        ],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(case: Case) -> dict[str, Any]:
    title = case.title
    more = f"{title}. {case.label}: {', '.join(link['url'] for link in links(case.references))}"
    return {
        "id": case.name,
        "name": "".join(word.capitalize() for word in case.name.split("_")),
        "shortDescription": {"text": _message(title)},
        "fullDescription": {"text": _message(more)},
        "help": {"text": f"What it is, and what to do without upgrading: {page(case)}"},
        "helpUri": address(case),
    }


def _result(finding: Finding, rule: int, at: Place | None) -> dict[str, Any]:
    title, waiver = finding.case.title, finding.waived
    # Beside a result that is suppressed, one without the list would be one of which nobody knows whether it is.
    suppressions = (
        [{"kind": "external", "status": "accepted", "justification": _message(waiver.reason)}] if waiver else []
    )
    return {
        "ruleId": finding.case.name,
        "ruleIndex": rule,
        "level": _LEVELS[finding.change],
        "message": {"text": _message(f"{change(finding)}: {title} ({evidence(finding)})")},
        # Not GitHub's own key: its upload computes that from the line, and warns of whatever else it finds there.
        "partialFingerprints": {"starletteCases/v1": f"{finding.case.name}/{finding.check}"},
        "suppressions": suppressions,
        **({"locations": [_location(at)]} if at else {}),
    }


def _location(at: Place) -> dict[str, Any]:
    root = {} if at.file.is_absolute() else {"uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": {"uri": at.uri} | root, "region": {"startLine": at.line}}}


def _message(text: str) -> str:
    """Text in which SARIF sees neither a placeholder nor a link."""
    return plain(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
