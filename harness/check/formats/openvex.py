"""What was executed of published vulnerabilities, as an OpenVEX document: https://github.com/openvex/spec, 0.2.0.

A scanner goes by a version's number. What is said here is of the files that were run, whatever their number says: the
product has their checksum beside its name, and a patched build under an old number is `fixed`.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from harness.check.findings import Checked, Finding
from harness.check.formats.wording import evidence
from harness.evidence.document import Evidence
from harness.evidence.spans import Interval
from harness.judgement.vocabulary import Reason, Verdict
from harness.releases.index import parse_version
from harness.releases.profiles import TODAY
from harness.reports.formats.json import dump
from harness.reports.formats.wording import address, plain

# Where nobody says who vouches for it.
NOBODY = "Unknown Author"
CONTEXT = "https://openvex.dev/ns/v0.2.0"
# The namespace that is there for whoever has none of their own.
_IDENTIFIERS = "https://openvex.dev/docs/public/vex-"
_ABSENT = (Reason.NO_SUCH_NAME, Reason.NO_SUCH_FEATURE)


def write(checked: Checked) -> str:
    """A statement for each case that has an advisory's identifier."""
    known = [each for each in checked.findings if each.case.aliases]
    named = sorted(known, key=lambda each: each.case.name)
    product = _product(checked)
    document = {
        "@context": CONTEXT,
        "author": checked.author,
        "timestamp": checked.moment.isoformat(timespec="seconds"),
        "version": 1,
        "tooling": "starlette-cases check: each statement is what a program showed that was run",
        "statements": [
            _statement(list(own), checked, product) for _, own in groupby(named, key=lambda each: each.case.name)
        ],
    }
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    return dump({"@context": CONTEXT, "@id": f"{_IDENTIFIERS}{digest}", **document})


def _product(checked: Checked) -> dict[str, Any]:
    purl = f"pkg:pypi/starlette@{quote(checked.environment.release, safe='')}"
    return {"@id": purl, "identifiers": {"purl": purl}, "hashes": {"sha-256": checked.checksum}}


def _statement(own: Sequence[Finding], checked: Checked, product: dict[str, Any]) -> dict[str, Any]:
    """What the telling programs of one case come to: the worst that one of them saw."""
    case = own[0].case
    name, *aliases = case.aliases
    return {
        "vulnerability": {
            "@id": address(case),
            "name": name,
            "description": case.title,
            **({"aliases": aliases} if aliases else {}),
        },
        "products": [product],
        **_status(own, checked),
        "status_notes": plain("; ".join(f"{each.row.verdict}: {evidence(each)}" for each in own)),
    }


def _status(own: Sequence[Finding], checked: Checked) -> dict[str, str]:
    release, measured = checked.environment.release, checked.measured.get(own[0].case.name)
    ranges = list(_ranges(own, measured))
    if there := [each for each in own if each.is_there]:
        return {"status": "affected", "action_statement": _action(there[0], release, ranges)}
    if any(not each.is_told for each in own):
        return {"status": "under_investigation"}
    if all(each.row.verdict is Verdict.NOT_APPLICABLE for each in own):
        return _not_applicable([each.row.reason for each in own])
    first = min((parse_version(each.introduced) for each in ranges), default=None)
    if first is not None and parse_version(release) >= first:
        return {"status": "fixed"}
    return {"status": "not_affected", "justification": "vulnerable_code_not_present"}


def _not_applicable(reasons: Sequence[Reason | None]) -> dict[str, str]:
    """Why there is nothing to be affected, where OpenVEX has a word for it."""
    if all(reason in _ABSENT for reason in reasons):
        return {"status": "not_affected", "justification": "vulnerable_code_not_present"}
    if all(reason in (*_ABSENT, Reason.MISSING_PACKAGE) for reason in reasons):
        return {"status": "not_affected", "justification": "vulnerable_code_not_in_execute_path"}
    return {"status": "under_investigation"}


def _action(finding: Finding, release: str, ranges: Sequence[Interval]) -> str:
    """What to do about it, and where more is said of it."""
    if waiver := finding.waiver:
        return f"Accepted until {waiver.expires}: {plain(waiver.reason)}"
    later = [each.fixed for each in ranges if each.fixed and parse_version(each.fixed) > parse_version(release)]
    upgrade = f"Upgrade Starlette to {later[0]} or later." if later else "No release is known to be free of it."
    return f"{upgrade} More about it: {address(finding.case)}"


def _ranges(own: Sequence[Finding], measured: Evidence | None) -> Iterator[Interval]:
    """The affected ranges that were measured on the index, oldest first."""
    if measured and (today := measured.profiles.get(TODAY)):
        for each in own:
            yield from today.intervals(each.row.check)
