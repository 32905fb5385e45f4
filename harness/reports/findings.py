"""What a run's rows say of a case as a whole: which boundaries they confirm, which claims they contradict.

Reads rows, which hold verdicts already; a claim never reaches the judge.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.judgement.vocabulary import Verdict
from harness.catalogue.case import Boundary, Case, Claim, Side
from harness.releases.index import Profile, parse_version
from harness.runs.record import Row

_DEPENDENCIES = {
    Profile.PERIOD: "with the dependencies of its period",
    Profile.TODAY: "with the dependencies of today",
    None: "in this environment",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A boundary that both sides of were run: confirmed only when broken is affected and fixed is not."""

    case: Case
    boundary: Boundary
    confirmed: bool

    def __str__(self) -> str:
        return (
            f"{self.case.name}: {self.boundary.broken} has it, {self.boundary.fixed} does not, "
            f"{_DEPENDENCIES[self.boundary.profile]}: {'confirmed' if self.confirmed else 'NOT CONFIRMED'}"
        )


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A release that is not what a claim says of it."""

    case: Case
    claim: Claim
    release: str
    profile: Profile | None
    verdict: Verdict

    def __str__(self) -> str:
        return (
            f"{self.case.name}: {self.claim.source}, says fixed in {self.claim.fixed}; "
            f"{self.release} is {self.verdict} {_DEPENDENCIES[self.profile]}"
        )


def findings(cases: Iterable[Case], rows: Sequence[Row]) -> tuple[Finding, ...]:
    """Every boundary that *rows* cover on both sides."""
    found = []
    for case in cases:
        for boundary in case.facts.boundaries:
            broken = _telling(case, boundary, Side.BROKEN, rows)
            fixed = _telling(case, boundary, Side.FIXED, rows)
            if broken and fixed:
                confirmed = broken == {Verdict.AFFECTED} and fixed == {Verdict.UNAFFECTED}
                found.append(Finding(case, boundary, confirmed))
    return tuple(found)


def _telling(case: Case, boundary: Boundary, side: Side, rows: Iterable[Row]) -> set[Verdict]:
    release = boundary.release(side)
    return {
        row.verdict
        for row in rows
        if row.tells and (row.case, row.side, row.release, row.profile) == (case.name, side, release, boundary.profile)
    }


def contradictions(cases: Iterable[Case], rows: Sequence[Row]) -> tuple[Contradiction, ...]:
    """What *rows* contradict: an unaffected release before the claimed fix, an affected one from it on."""
    return tuple(
        Contradiction(case, claim, row.release, row.profile, row.verdict)
        for case in cases
        for claim in case.facts.claims
        for row in rows
        if row.case == case.name and row.tells and _contradicts(case, claim, row)
    )


def _contradicts(case: Case, claim: Claim, row: Row) -> bool:
    """Whether *row* is affected from the claimed fix on, or no longer affected before it.

    A release from before the bug came is unaffected too, and contradicts nothing.
    """
    release = parse_version(row.release)
    if release >= parse_version(claim.fixed):
        return row.verdict is Verdict.AFFECTED
    past = any(release >= parse_version(boundary.fixed) for boundary in case.facts.boundaries)
    return past and row.verdict is Verdict.UNAFFECTED
