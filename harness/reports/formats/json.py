"""A document as JSON, and what each such document says of a case."""

import json
import re
from typing import Any

from harness.catalogue.case import Case
from harness.evidence.osv import links
from harness.reports.formats.wording import address
from harness.waivers.waiver import Waiver


def about(case: Case) -> dict[str, Any]:
    """What a reader of a finding wants to know of its case."""
    return {
        "case": case.name,
        "issue": case.references.issue,
        "title": case.title,
        "area": case.area,
        "kind": case.kind,
        "aliases": list(case.aliases),
        "links": list(links(case.references)),
        "page": address(case),
    }


def waived(waiver: Waiver | None) -> dict[str, str] | None:
    """A waiver, or null."""
    return {"reason": waiver.reason, "expires": waiver.expires.isoformat()} if waiver else None


def dump(document: object) -> str:
    """*document* as JSON. Half of a surrogate pair, which is no text to most readers, is written out in letters.

    What begins a command in a log is escaped, which is the same to whoever reads it as JSON.
    """
    text = re.sub(r"#(?=#\w*\[)", r"\\u0023", json.dumps(document, indent=2, ensure_ascii=False))
    return re.sub("[\ud800-\udfff]", lambda half: f"\\\\u{ord(half[0]):04x}", text) + "\n"
