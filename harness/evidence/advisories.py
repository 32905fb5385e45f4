"""Published ranges, scored: which releases an advisory names though they are free of the bug, and which it spares."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.catalogue.case import Case, Claim
from harness.evidence.document import Evidence
from harness.releases.index import Index, parse_version

# So many releases are listed; of more, the number and the ends.
_FEW = 3
_IDENTIFIER = re.compile(r"\b(CVE|GHSA|PYSEC|WS)-\w")


@dataclass(frozen=True, slots=True)
class Score:
    """One published range, with the final releases that it names though they are free, or spares though they are not.

    A release that could not be told is neither.
    """

    case: Case
    claim: Claim
    wrongly_named: tuple[str, ...]
    wrongly_spared: tuple[str, ...]

    @property
    def range(self) -> str:
        """What is claimed, in words."""
        return f"{self.claim.introduced or 'from the first'} to before {self.claim.fixed or 'the next'}"


def scores(found: Mapping[Case, Evidence], index: Index) -> tuple[Score, ...]:
    """A score for each claim that is an advisory's: it is called by an identifier, or says where the range begins."""
    return tuple(
        _score(case, claim, evidence, index)
        for case, evidence in found.items()
        for claim in case.claims
        if _IDENTIFIER.search(claim.source) or (case.aliases and claim.introduced)
    )


def _score(case: Case, claim: Claim, evidence: Evidence, index: Index) -> Score:
    truly, free = affected_releases(evidence, index), _free_releases(evidence, index)
    first, end = claim.introduced, claim.fixed
    named = {
        version
        for version in index.finals
        if (not first or parse_version(version) >= parse_version(first))
        and (not end or parse_version(version) < parse_version(end))
    }
    excess = tuple(version for version in index.finals if version in named & free)
    return Score(case, claim, excess, tuple(version for version in index.finals if version in truly - named))


def summary(found: Sequence[Score]) -> str:
    """How many ranges are right, in one sentence."""
    wrong = [sum(bool(each.wrongly_named) for each in found), sum(bool(each.wrongly_spared) for each in found)]
    right = sum(not (each.wrongly_named or each.wrongly_spared) for each in found)
    return (
        f"Of {len(found)} published ranges, {right} agree with what was measured; releases that are free of the bug "
        f"are named by {wrong[0]}, and releases that have it are spared by {wrong[1]}."
    )


def affected_releases(evidence: Evidence, index: Index) -> set[str]:
    """What is affected under any profile, with what could not be told between releases that are."""
    found: set[str] = set()
    for profile in evidence.profiles.values():
        for check in evidence.discriminates:
            for each in profile.intervals(check):
                found.update(index.between(each.introduced, each.last_affected))
    return found


def _free_releases(evidence: Evidence, index: Index) -> set[str]:
    """What each program says under some profile to be free of the bug. One that could not be told is not among it."""
    free = [
        {
            release
            for profile in evidence.profiles.values()
            for span in profile.programs[check]
            if span.verdict.is_free
            for release in index.between(span.first, span.last)
        }
        for check in evidence.discriminates
    ]
    return set.intersection(*free) - affected_releases(evidence, index)


def in_short(versions: Iterable[str]) -> str:
    """*versions*, oldest first, as long as they are few, else their number and the ends."""
    listed = list(versions)
    if len(listed) <= _FEW:
        return ", ".join(listed) or "none"
    return f"{len(listed)}: {listed[0]} … {listed[-1]}"
