"""Evidence: what a sweep measured of a case, on every release, in a form that is the same each time.

Generated and committed. No time, no path, no address: a second sweep gives the same bytes. Neighbouring releases that
showed the same are one span.
"""

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from harness.catalogue.case import Case, Check
from harness.evidence.spans import Interval, intervals
from harness.judgement.vocabulary import Reason, Verdict
from harness.releases.index import Index, parse_version
from harness.releases.profiles import PERIOD, TODAY, Cutoff, Profiles
from harness.runs.row import Row
from harness.support.errors import UserError

CHECKS = (Check.REPRO, Check.TYPING)
# What a case may depend on whatever it says that it needs.
_ALWAYS = frozenset({"anyio", "typing-extensions"})
_RIGHT = "restore it from git, or remove it and write it again with: nox -s sweep"
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, config=_STRICT)
class Span:
    """Neighbouring releases, from `first` to `last`, that showed the same.

    `resolved` are the versions of what mattered, as one version or as the oldest and the newest of them.
    """

    first: str
    last: str
    verdict: Verdict
    reason: Reason | None
    evidence: str
    resolved: Mapping[str, str]

    @property
    def spelled(self) -> str:
        return self.first if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True, config=_STRICT)
class Measured:
    """On which day of the index the releases from `first` to `last` were measured."""

    first: str
    last: str
    as_of: str


@dataclass(frozen=True, slots=True, config=_STRICT)
class ProfileEvidence:
    """What was measured under one profile: the minor version of Python, when, and each program's spans.

    The programs are those that tell an affected release from others; a control is run on boundaries alone.
    """

    python: str
    measured: tuple[Measured, ...]
    programs: Mapping[Check, tuple[Span, ...]]

    def intervals(self, check: Check) -> tuple[Interval, ...]:
        """The affected ranges that one program saw."""
        return intervals((span.first, span.last, span.verdict) for span in self.programs[check])


@dataclass(frozen=True, slots=True, config=_STRICT)
class Evidence:
    """Everything that was measured of one case; `discriminates` are the programs that tell an affected release."""

    case: str
    title: str
    as_of: str
    mypy: str
    discriminates: tuple[Check, ...]
    profiles: Mapping[str, ProfileEvidence]


_EVIDENCE = TypeAdapter(Evidence)


def measured_profiles(case: Case) -> tuple[str, ...]:
    """The profiles under which a case is swept: the two that always exist, and those that it names."""
    return tuple(dict.fromkeys([PERIOD, TODAY, *case.profiles]))


def document(case: Case, rows: Iterable[Row], index: Index, profiles: Profiles, before: Evidence | None) -> Evidence:
    """The evidence of *case*: its *rows*, and for releases that they do not cover what *before* says of them."""
    by_profile: dict[str, list[Row]] = {}
    for row in rows:
        by_profile.setdefault(str(row.profile), []).append(row)
    names = [name for name in measured_profiles(case) if name in by_profile or (before and name in before.profiles)]
    return Evidence(
        case=case.name,
        title=case.title,
        as_of=f"{index.as_of:%Y-%m-%d}",
        mypy=version("mypy"),
        discriminates=tuple(check for check in CHECKS if case.discriminates(check)),
        profiles={
            name: _profile(
                case,
                by_profile.get(name, ()),
                index,
                profiles[name].cutoff,
                before.profiles.get(name) if before else None,
            )
            for name in names
        },
    )


def _profile(
    case: Case, rows: Sequence[Row], index: Index, cutoff: Cutoff, before: ProfileEvidence | None
) -> ProfileEvidence:
    day = f"{index.as_of:%Y-%m-%d}"
    fresh = {row.release for row in rows}
    programs = {}
    for check in (check for check in CHECKS if case.discriminates(check)):
        known = {span.first: span for span in (_each(before.programs.get(check, ()), index) if before else ())}
        known |= {row.release: _span(case, row) for row in rows if row.check is check}
        programs[check] = _joined(known, index)
    # Under a release's own day, it does not matter when that was looked up.
    days = {} if before is None else {each.first: each.as_of for each in _days(before.measured, index)}
    days |= dict.fromkeys(fresh, day if cutoff is Cutoff.INDEX else "its own day")
    return ProfileEvidence(_python(rows, before), tuple(_measured(days, index)), programs)


def _span(case: Case, row: Row) -> Span:
    wanted = case.environment.names | _ALWAYS
    resolved = {name: pin for name, _, pin in (each.partition("==") for each in row.freeze) if name in wanted}
    return Span(row.release, row.release, row.verdict, row.reason, said(row), resolved)


def said(row: Row) -> str:
    """The evidence of a row without what differs from machine to machine, or from release to release in no way."""
    # Of these the reason says all that is the same on every machine and every release.
    if row.verdict in (Verdict.UNAVAILABLE, Verdict.NOT_APPLICABLE, Verdict.UNAFFECTED):
        return ""
    text = re.sub(r"0x[0-9a-f]+", "0x…", row.evidence)
    text = re.sub(r"(?<![\w.-])(?:/[^/\s'\"]+)+/", "…/", text)
    return re.sub(r"\b([\w./-]+\.py):\d+\)", r"\1)", text)[:300]


def _each(spans: Iterable[Span], index: Index) -> Iterator[Span]:
    """One span for each release of *spans*."""
    for span in spans:
        for release in index.between(span.first, span.last):
            yield replace(span, first=release, last=release)


def _days(measured: Iterable[Measured], index: Index) -> Iterator[Measured]:
    for each in measured:
        for release in index.between(each.first, each.last):
            yield Measured(release, release, each.as_of)


def _joined(known: Mapping[str, Span], index: Index) -> tuple[Span, ...]:
    """Neighbours that showed the same, as one. A release of which nothing is known is a gap."""
    found: list[Span] = []
    previous = None
    for release in index.releases:
        span = known.get(release.version)
        if span is not None:
            if found and previous == found[-1].last and _alike(found[-1], span):
                span = replace(span, first=found[-1].first, resolved=_widened(found.pop().resolved, span.resolved))
            found.append(span)
        previous = release.version
    return tuple(found)


def _alike(one: Span, other: Span) -> bool:
    return (one.verdict, one.reason, one.evidence) == (other.verdict, other.reason, other.evidence)


def _widened(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """The oldest and the newest version of each distribution."""
    found = {}
    for name in sorted({*one, *other}):
        versions = [each for side in (one, other) for each in side.get(name, "").split(" to ") if each]
        ordered = sorted(set(versions), key=parse_version)
        found[name] = ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"
    return found


def _measured(days: Mapping[str, str], index: Index) -> Iterator[Measured]:
    known = [release.version for release in index.releases if release.version in days]
    for day, group in groupby(known, key=lambda release: days[release]):
        releases = list(group)
        yield Measured(releases[0], releases[-1], day)


def _python(rows: Iterable[Row], before: ProfileEvidence | None) -> str:
    minors = {row.python.rpartition(".")[0] for row in rows if row.python}
    if len(minors) > 1:
        raise ValueError(f"one profile was swept on several Pythons: {sorted(minors)}")
    return minors.pop() if minors else before.python if before else ""


def dump(evidence: Evidence) -> str:
    """Write a document with a span to a line, so that a difference names its releases."""
    whole = _EVIDENCE.dump_python(evidence, mode="json")
    profiles = whole.pop("profiles")
    head = "".join(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in whole.items())
    blocks = ",\n".join(f"    {json.dumps(name)}: {_profile_text(found)}" for name, found in profiles.items())
    return f'{{\n{head}  "profiles": {{\n{blocks}\n  }}\n}}\n'


def _profile_text(found: Mapping[str, object]) -> str:
    programs = found["programs"]
    if not isinstance(programs, Mapping):
        raise TypeError("a profile has programs")
    head = "".join(f'      "{key}": {json.dumps(found[key])},\n' for key in ("python", "measured"))
    lists = ",\n".join(f'        "{check}": {_lines(spans)}' for check, spans in programs.items())
    return f'{{\n{head}      "programs": {{\n{lists}\n      }}\n    }}'


def _lines(spans: Iterable[object]) -> str:
    return "[\n" + ",\n".join(f"          {json.dumps(span, ensure_ascii=False)}" for span in spans) + "\n        ]"


def load(path: Path, index: Index) -> Evidence | None:
    """Read committed evidence; None where there is none yet.

    Raises:
        UserError: the file is not what a sweep writes, or of a release that *index* has not.
    """
    if not path.is_file():
        return None
    try:
        found = _EVIDENCE.validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        said = f"{place}: {first['msg']}" if place else first["msg"]
        raise UserError(f"{path}: {said}; {_RIGHT}") from None
    if unknown := next((each for each in _named(found) if each not in index), None):
        raise UserError(f"{path}: evidence/releases.json has no {unknown}; {_RIGHT}")
    return found


def _named(evidence: Evidence) -> Iterator[str]:
    """Every release that a span or a day of measuring begins or ends with."""
    for profile in evidence.profiles.values():
        for day in profile.measured:
            yield from (day.first, day.last)
        for spans in profile.programs.values():
            for span in spans:
                yield from (span.first, span.last)


def lost(rows: Iterable[Row], before: Evidence | None, index: Index) -> Iterator[str]:
    """What could be observed *before* and has no environment in *rows*: that says nothing about Starlette."""
    for row in rows:
        if row.verdict is Verdict.UNAVAILABLE and before is not None and str(row.profile) in before.profiles:
            spans = before.profiles[str(row.profile)].programs.get(row.check, ())
            known = [span.verdict for span in spans if row.release in index.between(span.first, span.last)]
            if known and known[0] is not Verdict.UNAVAILABLE:
                yield f"{row.release} {row.profile}: {row.reason}: {row.evidence}"


def differing(path: Path, text: str) -> tuple[str, ...]:
    """The lines in which a committed file differs from *text*; none where it still holds."""
    committed = path.read_bytes().decode(errors="replace") if path.is_file() else ""
    names = (f"committed {path.name}", f"measured {path.name}")
    lines = tuple(difflib.unified_diff(committed.splitlines(), text.splitlines(), *names, lineterm="", n=0))
    return lines or (() if committed == text else (f"{path.name}: the ends of its lines differ",))
