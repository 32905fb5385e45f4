"""The one judge of claims: what a published source says of a bug, beside what was measured."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.catalogue.case import Boundary, Case, Check, Claim
from harness.evidence.document import Evidence, Span
from harness.evidence.spans import Interval
from harness.releases.index import parse_version


class Assessment(StrEnum):
    """What measuring makes of one half of a claim."""

    RIGHT = "right"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    UNTOLD = "untold"  # no release that would contradict it could be told


@dataclass(frozen=True, slots=True)
class Assessed:
    """One half of a claim, `introduced` or `fixed`, and what was measured under one profile.

    `measured` is the release that the claim should have named, empty where there is none.
    """

    case: Case
    claim: Claim
    half: str
    profile: str
    check: Check
    assessment: Assessment
    measured: str

    @property
    def claimed(self) -> str:
        return str(getattr(self.claim, self.half))


def assess(case: Case, evidence: Evidence) -> Iterator[Assessed]:
    """Every half of every claim of *case*, under every profile in which the bug was seen at all."""
    for claim in case.claims:
        for name, found in evidence.profiles.items():
            for check in evidence.discriminates:
                ranges = found.intervals(check)
                if claim.introduced and ranges:
                    verdict, right = _introduced(claim.introduced, ranges, found.programs[check])
                    yield Assessed(case, claim, "introduced", name, check, verdict, right)
                if claim.fixed and ranges:
                    verdict, right = _fixed(claim.fixed, ranges)
                    yield Assessed(case, claim, "fixed", name, check, verdict, right)


def _introduced(claimed: str, ranges: Iterable[Interval], spans: Iterable[Span]) -> tuple[Assessment, str]:
    firsts = [each.introduced for each in ranges]
    if claimed in firsts:
        return Assessment.RIGHT, claimed
    near = _nearest(claimed, firsts)
    if parse_version(claimed) > parse_version(near):
        return Assessment.TOO_LATE, near
    told = any(
        span.verdict.is_free
        and parse_version(span.last) >= parse_version(claimed)
        and parse_version(span.first) < parse_version(near)
        for span in spans
    )
    return (Assessment.TOO_EARLY if told else Assessment.UNTOLD), near


def _fixed(claimed: str, ranges: Sequence[Interval]) -> tuple[Assessment, str]:
    ends = [each.fixed for each in ranges if each.fixed]
    if claimed in ends:
        return Assessment.RIGHT, claimed
    if not ends:
        return Assessment.TOO_EARLY, ""
    near = _nearest(claimed, ends)
    if parse_version(claimed) > parse_version(near):
        return Assessment.TOO_LATE, near
    last = next(each.last_affected for each in ranges if each.fixed == near)
    told = parse_version(last) >= parse_version(claimed)
    return (Assessment.TOO_EARLY if told else Assessment.UNTOLD), near


def _nearest(claimed: str, releases: list[str]) -> str:
    """The release of *releases* that a claim most likely means: the one it is closest before, else the last."""
    later = [each for each in releases if parse_version(each) >= parse_version(claimed)]
    return later[0] if later else releases[-1]


def wrong_under_every_profile(case: Case, evidence: Evidence) -> list[Assessed]:
    """The halves of claims that every profile and program of *case* contradicts, the first profile's for each."""
    found: dict[tuple[int, str], list[Assessed]] = {}
    for each in assess(case, evidence):
        found.setdefault((case.claims.index(each.claim), each.half), []).append(each)
    wrong = (Assessment.TOO_EARLY, Assessment.TOO_LATE)
    return [some[0] for some in found.values() if all(each.assessment in wrong for each in some)]


def contradicted(claimed: str, boundaries: list[Boundary]) -> str | None:
    """The release in which a bug was really fixed, where *claimed* lies at none of its boundaries.

    A pre-release between the two sides of one is no contradiction: it has no side.
    """
    version = parse_version(claimed)
    if any(parse_version(each.broken) < version <= parse_version(each.fixed) for each in boundaries):
        return None
    return _nearest(claimed, [each.fixed for each in boundaries])
