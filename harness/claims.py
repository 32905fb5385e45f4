"""Holds published claims against what a run saw. Reads rows; a claim never reaches the judge."""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.case import Case, Claim
from harness.index import Profile, parse_version
from harness.record import Row
from harness.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A release that is not what a claim says of it."""

    case: str
    issue: int
    claim: Claim
    release: str
    profile: Profile | None
    verdict: Verdict

    def __str__(self) -> str:
        profile = f", dependencies of {'its period' if self.profile is Profile.PERIOD else 'today'}"
        return (
            f"{self.case}: {self.claim.source}: fixed in {self.claim.fixed}. "
            f"Seen: {self.release} is {self.verdict}{profile if self.profile else ''}."
        )


def contradictions(cases: Iterable[Case], rows: Iterable[Row]) -> tuple[Contradiction, ...]:
    """What *rows* contradict: an unaffected release before the claimed fix, an affected one from it on."""
    rows = tuple(rows)
    return tuple(
        Contradiction(case.name, case.facts.issue, claim, row.release, row.profile, row.verdict)
        for case in cases
        for claim in case.facts.claims
        for row in rows
        if row.case == case.name and row.tells and _contradicts(claim, row)
    )


def _contradicts(claim: Claim, row: Row) -> bool:
    fixed = parse_version(row.release) >= parse_version(claim.fixed)
    return row.verdict is (Verdict.AFFECTED if fixed else Verdict.UNAFFECTED)
