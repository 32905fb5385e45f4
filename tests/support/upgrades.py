"""Upgrades for the tests: a comparison that is ordinary, and whatever a test makes of it."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from harness.catalogue.case import Case, References
from harness.judgement.vocabulary import Reason, Verdict
from harness.touches import mentions
from harness.touches.match import Answer, Touch
from harness.upgrade.comparison import (
    Candidate,
    Change,
    Comparison,
    Conflict,
    Finding,
    Role,
    Side,
    Step,
    Workaround,
)
from harness.upgrade.formats import FORMATS, sarif
from harness.upgrade.pins import NotChecked, Pin, Pins, ordered
from harness.waivers.waiver import Waiver
from tests.support.factories import case, row

HERE = Path("/project")
TODAY = date(2026, 11, 21)
_AFFECTED, _UNAFFECTED = (Verdict.AFFECTED, None), (Verdict.UNAFFECTED, None)
VERDICTS = {
    Change.FIXED: (_AFFECTED, _UNAFFECTED),
    Change.INTRODUCED: (_UNAFFECTED, _AFFECTED),
    Change.STILL_PRESENT: (_AFFECTED, _AFFECTED),
    Change.NEVER_PRESENT: (_UNAFFECTED, (Verdict.NOT_APPLICABLE, Reason.NO_TYPES)),
    Change.UNTOLD: (_AFFECTED, (Verdict.INCONCLUSIVE, Reason.TIMED_OUT)),
}


def bug(issue: int, **facts: Any) -> Case:
    """A case of its own."""
    return case(f"session_lost_{issue}", **{"references": References(issue=issue, fix=issue)} | facts)


def waiver(name: str = "session_lost_7", **changes: Any) -> Waiver:
    usual = Waiver(case=name, reason="we do not use sessions", expires=date(2027, 1, 31))
    return usual.model_copy(update=changes)


def finding(change: Change = Change.INTRODUCED, subject: Case | None = None, **changes: Any) -> Finding:
    """A repro of *subject* with that *change*; *changes* may give the evidence of both sides."""
    subject = subject or bug(7)
    named = {"case": subject.name, "issue": subject.references.issue, "label": subject.label, "kind": subject.kind}
    rows = [
        row(**named, side=None, profile=None, expected=None, verdict=verdict, reason=reason, **changes)
        for verdict, reason in VERDICTS[change]
    ]
    return Finding(subject, rows[0], replace(rows[1], release="0.3.0"))


def pins(release: str = "0.2.0", file: str | None = "uv.lock", line: int | None = 31) -> Pins:
    pinned = ordered([Pin("anyio", "3.3.4", line=4), Pin("starlette", release, line=line)])
    return Pins(file or f"starlette=={release}", pinned, Path(file) if file else None)


def side(release: str = "0.2.0", **changes: Any) -> Side:
    freeze = ("anyio==3.3.4", f"starlette=={release}")
    return replace(Side(pins(release), release, "3.11.7", freeze), **changes)


def comparison(*findings: Finding, **changes: Any) -> Comparison:
    """From 0.2.0 to 0.3.0, introducing one bug unless *findings* say otherwise; nothing stands in its way."""
    usual = Comparison(
        before=side(),
        after=side("0.3.0", pins=pins("0.3.0", line=32)),
        findings=findings or (finding(),),
        steps=(Step("starlette", "0.2.0", "0.3.0"),),
        conflicts=(),
        candidates=(Candidate("0.4.0", (Role.BEST, Role.BEST_ALLOWED), (finding(Change.NEVER_PRESENT),)),),
        tried=("0.3.0", "0.4.0"),
        as_of=TODAY,
    )
    return replace(usual, **changes)


def hostile(text: str) -> Comparison:
    """An upgrade in which whoever can say something says *text*."""
    conflict = Conflict("fastapi", "0.1", text)
    at = mentions.Place(HERE / text.replace("/", "_").replace("\0", ""), 3)
    findings = [finding(change, bug(number, title=text), evidence=text) for number, change in enumerate(Change, 1)]
    findings[0] = replace(findings[0], touch=Touch(Answer.CANNOT_TELL, (at,), text))
    findings[1] = replace(findings[1], touch=Touch(Answer.USED, (at, at)))
    waived = replace(finding(Change.INTRODUCED, bug(9)), waiver=waiver("session_lost_9", reason=text))
    said = replace(pins("0.3.0"), source=text, file=Path(text.replace("/", "_").replace("\0", "")))
    return comparison(
        *findings,
        waived,
        after=side("0.3.0", pins=said, python=text, freeze=(f"evil=={text}",)),
        steps=(Step(text, None, text),),
        conflicts=(conflict,),
        candidates=(
            Candidate("0.3.0", (Role.TARGET, Role.BEST), tuple(findings), (conflict,)),
            Candidate("0.2.0", (Role.BEST_ALLOWED,), tuple(findings)),
        ),
        tried=("0.3.0",),
        workarounds=(Workaround(findings[0].case, findings[0].before),),
        unchecked=(NotChecked(text, text, text),),
    )


def written(kind: str, found: Comparison, *, strict: bool = False) -> str:
    """What the command writes."""
    return FORMATS[kind](found, strict=strict)


def results(found: Comparison) -> Any:
    """The results in SARIF, with the files named from `HERE`."""
    return json.loads(sarif.write(found, HERE))["runs"][0]["results"]
