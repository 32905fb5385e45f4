"""Evidence in the format of the Open Source Vulnerability database, schema 1.x: https://ossf.github.io/osv-schema/"""

import json
from typing import Any

from harness.catalogue.case import Case, Check
from harness.evidence.document import Document
from harness.judgement.vocabulary import Verdict

SCHEMA_VERSION = "1.7.3"


def to_osv(case: Case, evidence: Document) -> dict[str, Any]:
    """One entry for a case: the measured ranges by profile and telling program, every affected release spelled out."""
    telling = [check for check in (Check.REPRO, Check.TYPING) if case.tells(check)]
    return {
        "schema_version": SCHEMA_VERSION,
        "id": f"x_starlette-cases-{case.facts.issue}",
        "modified": f"{evidence['as_of']}T00:00:00Z",
        "aliases": list(case.facts.aliases),
        "summary": case.facts.title,
        "details": f"Measured by running the {' and the '.join(telling)} of {case.name} on every release.",
        "affected": [
            _affected(check, profile, found) for profile, found in evidence["profiles"].items() for check in telling
        ],
        "references": [
            {"type": "REPORT", "url": case.facts.links.issue},
            {"type": "FIX", "url": case.facts.links.fix},
        ],
    }


def _affected(check: Check, profile: str, found: Document) -> dict[str, Any]:
    events = []
    for interval in found[check]["intervals"]:
        events.append({"introduced": interval["introduced"]})
        if interval["fixed"]:
            events.append({"fixed": interval["fixed"]})
    entry: dict[str, Any] = {
        "package": {"ecosystem": "PyPI", "name": "starlette"},
        "versions": [each["release"] for each in found["releases"] if each[check] == Verdict.AFFECTED],
        "database_specific": {"profile": profile, "check": check},
    }
    return entry | ({"ranges": [{"type": "ECOSYSTEM", "events": events}]} if events else {})


def dump(entry: dict[str, Any]) -> str:
    """Write an entry as it is committed."""
    return json.dumps(entry, indent=2, ensure_ascii=False) + "\n"
