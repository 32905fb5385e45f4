"""Evidence: what a sweep measured of a case, on every release, in a form that is the same each time.

Generated and committed. No time, no path, no address: a second sweep gives the same bytes.
"""

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from harness.catalogue.case import Case, Check
from harness.environments.locks import DRIVERS_LOCK, locked_versions
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index, Profile, parse_version
from harness.runs.record import Row
from harness.support.errors import UserError
from harness.support.paths import LOCKS

_CHECKS = (Check.REPRO, Check.TYPING)
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Interval:
    """A run of affected releases.

    `fixed` is the first release after it that is unaffected, None where there is none yet. Between
    the last affected release and `fixed`, and before `introduced`, may lie some that could not be told.
    """

    introduced: str
    last_affected: str
    fixed: str | None


def intervals(verdicts: Iterable[tuple[str, str]]) -> tuple[Interval, ...]:
    """Join (release, verdict) pairs, oldest release first, to intervals.

    What is not applicable ends an interval as `unaffected` does; what could not be told does not.
    """
    found: list[Interval] = []
    introduced = last = None
    for release, verdict in verdicts:
        if verdict == Verdict.AFFECTED:
            introduced, last = introduced or release, release
        elif verdict in (Verdict.UNAFFECTED, Verdict.NOT_APPLICABLE) and introduced and last:
            found.append(Interval(introduced, last, release))
            introduced = last = None
    if introduced and last:
        found.append(Interval(introduced, last, None))
    return tuple(found)


def document(case: Case, rows: Sequence[Row], index: Index, before: Document | None) -> Document:
    """The evidence of *case*: *rows*, and for releases that they do not cover what *before* says of them."""
    profiles = {}
    as_of = f"{index.as_of:%Y-%m-%d}"
    for profile in Profile:
        known = {each["release"]: each for each in _carried(before, profile, as_of)} if before else {}
        for release in {row.release for row in rows if (row.case, row.profile) == (case.name, profile)}:
            known[release] = _release(case, release, profile, rows, index)
        listed = [known[release.version] for release in index.releases if release.version in known]
        checks: Document = {
            check: {
                "tells": case.tells(check),
                "intervals": [_interval(each) for each in intervals((row["release"], row[check]) for row in listed)],
            }
            for check in _CHECKS
        }
        profiles[profile] = {**checks, "releases": listed}
    return {
        "case": case.name,
        "issue": case.facts.issue,
        "title": case.facts.title,
        "as_of": as_of,
        "tools": _tools(rows, before),
        "profiles": profiles,
    }


def _carried(before: Document, profile: Profile, as_of: str) -> Iterator[Document]:
    """What was measured before; under `today`, of which day it is, where that is not *as_of*."""
    for each in before["profiles"][profile]["releases"]:
        older = profile is Profile.TODAY and before["as_of"] != as_of
        yield {"release": each["release"], "as_of": before["as_of"]} | each if older else each


def _release(case: Case, release: str, profile: Profile, rows: Iterable[Row], index: Index) -> Document:
    mine = [row for row in rows if (row.case, row.release, row.profile) == (case.name, release, profile)]
    mine.sort(key=lambda row: row.check)
    relevant = case.facts.environment.names | {"anyio", "typing-extensions"}
    found: Document = {"release": release}
    if index[release].yanked:
        found["yanked"] = True
    found |= {row.check: row.verdict for row in mine}
    found["evidence"] = {row.check: _said(row) for row in mine}
    pins = sorted({pin for row in mine for pin in row.freeze})
    found["with"] = {name: pinned for name, _, pinned in (pin.partition("==") for pin in pins) if name in relevant}
    return found


def _said(row: Row) -> str:
    """The evidence of a row without what differs from machine to machine."""
    if row.verdict is Verdict.UNAVAILABLE:
        return str(row.reason)
    text = re.sub(r"0x[0-9a-f]+", "0x…", row.evidence)
    text = re.sub(r"(?<![\w.-])(?:/[^/\s'\"]+)+/", "…/", text)
    return f"{row.reason}: {text}" if row.reason else text


def _interval(interval: Interval) -> Document:
    return {"introduced": interval.introduced, "last_affected": interval.last_affected, "fixed": interval.fixed}


def _tools(rows: Iterable[Row], before: Document | None) -> Mapping[str, str]:
    minors = {row.python.rpartition(".")[0] for row in rows if row.python}
    if len(minors) > 1:
        raise ValueError(f"one sweep ran on several Pythons: {sorted(minors)}")
    python = {"python": minors.pop()} if minors else {"python": before["tools"]["python"]} if before else {}
    return python | {"mypy": version("mypy")} | locked_versions(LOCKS / DRIVERS_LOCK, python.get("python", "3.11"))


def dump(evidence: Document) -> str:
    """Write a document with a release to a line, so that a difference names its release."""
    lines: list[str] = []

    def placeholder(release: Document) -> str:
        lines.append(json.dumps(release, ensure_ascii=False))
        return f"@{len(lines) - 1}@"

    profiles = {
        name: found | {"releases": [placeholder(each) for each in found["releases"]]}
        for name, found in evidence["profiles"].items()
    }
    text = json.dumps(evidence | {"profiles": profiles}, indent=2, ensure_ascii=False)
    return re.sub(r'"@(\d+)@"', lambda match: lines[int(match[1])], text) + "\n"


def load(path: Path) -> Document | None:
    """Read committed evidence; None where there is none yet.

    Raises:
        UserError: the file is not what a sweep writes.
    """
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        for profile in Profile:
            for each in found["profiles"][profile]["releases"]:
                parse_version(each["release"])
        date.fromisoformat(found["as_of"])
        dict(found["tools"])
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path}: this is no evidence: {error!r}; write it with: nox -s sweep") from None
    return dict(found)


def lost(case: Case, rows: Iterable[Row], before: Document | None) -> Iterator[str]:
    """What could be observed *before* and has no environment in *rows*: that says nothing about Starlette."""
    if before is None:
        return
    known = {
        (profile, each["release"]): each for profile in Profile for each in before["profiles"][profile]["releases"]
    }
    for row in [row for row in rows if row.case == case.name and row.verdict is Verdict.UNAVAILABLE]:
        verdicts = known.get((row.profile or Profile.TODAY, row.release), {})
        if verdicts.get(row.check, Verdict.UNAVAILABLE) != Verdict.UNAVAILABLE:
            yield f"{row.release} {row.profile}: {row.reason}: {row.evidence}"


def differing(path: Path, text: str) -> tuple[str, ...]:
    """The lines in which committed evidence differs from *text*; none where it still holds."""
    committed = path.read_bytes().decode(errors="replace") if path.is_file() else ""
    names = (f"committed {path.name}", f"measured {path.name}")
    lines = tuple(difflib.unified_diff(committed.splitlines(), text.splitlines(), *names, lineterm="", n=0))
    return lines or (() if committed == text else (f"{path.name}: the ends of its lines differ",))
