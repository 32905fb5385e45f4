"""Checks of an environment for the tests: what was found there, and whatever a test makes of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness.catalogue.case import Case, Check, Kind
from harness.check.findings import Checked, Finding, findings
from harness.check.formats import FORMATS
from harness.evidence.document import Evidence, Measured, ProfileEvidence, Span
from harness.judgement.vocabulary import Reason, Verdict
from tests.support.factories import environment, row
from tests.support.upgrades import bug, waiver

MOMENT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
HERE = Path("/project")
CVE = ("CVE-2026-0009", "GHSA-2222-3333-4444")
_REASONS = {
    Verdict.NOT_APPLICABLE: Reason.NO_SUCH_NAME,
    Verdict.INCONCLUSIVE: Reason.TIMED_OUT,
    Verdict.UNAVAILABLE: Reason.NO_LOCK,
    Verdict.FLAKY: Reason.DISAGREEING,
}


def finding(verdict: Verdict = Verdict.AFFECTED, subject: Case | None = None, **changes: Any) -> Finding:
    """What a program of *subject* showed, with a waiver if *changes* say so."""
    subject = subject or bug(7)
    waived = changes.pop("waived", False)
    usual = {
        "case": subject.name, "issue": subject.references.issue, "label": subject.label, "kind": subject.kind,
        "side": None, "profile": None, "expected": None, "verdict": verdict, "reason": _REASONS.get(verdict),
        "release": "0.2.0",
    }  # fmt: skip
    return Finding(subject, row(**usual | changes), waiver(subject.name) if waived else None)


def hole(number: int = 9, **facts: Any) -> Case:
    """A security hole that has been published."""
    return bug(number, **{"kind": Kind.SECURITY, "aliases": CVE} | facts)


def checked(*found: Finding, **changes: Any) -> Checked:
    """An environment with one bug unless *found* says otherwise."""
    each = found or (finding(),)
    ordered = findings([one.case for one in each], [one.row for one in each])
    waived = {one.case.name: one.waiver for one in each}
    usual = Checked(
        named=".venv",
        environment=environment(starlette_file=str(HERE / ".venv/starlette/__init__.py")),
        checksum="ab" * 32,
        findings=tuple(replace(one, waiver=waived[one.case.name]) for one in ordered),
        moment=MOMENT,
        measured={},
        author="Somebody",
    )
    return replace(usual, **changes)


def measured(*affected: tuple[str, str], releases: tuple[str, ...] = ("0.1.0", "0.2.0", "0.3.0", "0.4.0")) -> Evidence:
    """Evidence of a repro that is affected from the first to the last of each range."""
    inside = {
        release for first, last in affected for release in releases[releases.index(first) : releases.index(last) + 1]
    }
    spans = tuple(
        Span(each, each, Verdict.AFFECTED if each in inside else Verdict.UNAFFECTED, None, "", {}) for each in releases
    )
    today = ProfileEvidence("3.11", (Measured(releases[0], releases[-1], "2026-11-21"),), {Check.REPRO: spans})
    return Evidence("session_lost_9", "A session is lost", "2026-11-21", "2.4.1", (Check.REPRO,), {"today": today})


def written(kind: str, found: Checked, *, strict: bool = False) -> str:
    """What the command writes."""
    return FORMATS[kind](found, strict=strict)


def statements(found: Checked) -> list[dict[str, Any]]:
    """The statements of the OpenVEX document."""
    return list(json.loads(written("openvex", found))["statements"])
