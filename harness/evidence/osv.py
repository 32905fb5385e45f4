"""Evidence in the format of the Open Source Vulnerability database, schema 1.x: https://ossf.github.io/osv-schema/"""

import json
from collections.abc import Iterator
from typing import Any

from harness.catalogue.case import Case, Check, References
from harness.evidence.document import Evidence, ProfileEvidence
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index

SCHEMA_VERSION = "1.7.3"
_UPSTREAM = "https://github.com/Kludex/starlette"


def to_osv(case: Case, evidence: Evidence, index: Index) -> dict[str, Any]:
    """One entry for a case: the measured ranges by profile and program, every affected release spelled out."""
    programs = " and the ".join(evidence.discriminates)
    entry = {
        "schema_version": SCHEMA_VERSION,
        "id": f"x_starlette-cases-{case.name}",
        "modified": f"{evidence.as_of}T00:00:00Z",
        "aliases": list(case.aliases),
        "summary": case.title,
        "details": f"Measured by running the {programs} of {case.name} on every release.",
        "affected": [
            _affected(check, profile, found, index)
            for profile, found in evidence.profiles.items()
            for check in evidence.discriminates
        ],
        "references": list(links(case.references)),
        "database_specific": {"area": case.area, "kind": case.kind},
    }
    return entry | ({"withdrawn": f"{case.retired.on}T00:00:00Z"} if case.retired else {})


def links(references: References) -> Iterator[dict[str, str]]:
    """The addresses that a case refers to, by their kind."""
    if references.issue:
        yield {"type": "REPORT", "url": f"{_UPSTREAM}/issues/{references.issue}"}
    if references.fix:
        way = "pull" if isinstance(references.fix, int) else "commit"
        yield {"type": "FIX", "url": f"{_UPSTREAM}/{way}/{references.fix}"}
    if references.advisory:
        yield {"type": "ADVISORY", "url": references.advisory}


def _affected(check: Check, profile: str, found: ProfileEvidence, index: Index) -> dict[str, Any]:
    events = []
    for interval in found.intervals(check):
        events.append({"introduced": interval.introduced})
        if interval.fixed:
            events.append({"fixed": interval.fixed})
    unknown = [f"{span.first} to {span.last}" for span in found.programs[check] if not span.verdict.is_told]
    affected = [span for span in found.programs[check] if span.verdict is Verdict.AFFECTED]
    versions = [release for span in affected for release in index.between(span.first, span.last)]
    entry: dict[str, Any] = {
        "package": {"ecosystem": "PyPI", "name": "starlette"},
        "versions": versions,
        # OSV has no word for a release of which nothing is known; outside the ranges it would pass for unaffected.
        "database_specific": {"profile": profile, "check": check, "unknown": unknown},
    }
    return entry | ({"ranges": [{"type": "ECOSYSTEM", "events": events}]} if events else {})


def dump(entry: dict[str, Any]) -> str:
    """Write an entry as it is committed: a list to a line, so that a difference shows what it is about."""
    text = json.dumps(entry, indent=2, ensure_ascii=False)
    return text + "\n"
