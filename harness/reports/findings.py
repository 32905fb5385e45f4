"""What a run's rows say of a case as a whole: which boundaries they confirm."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.catalogue.case import Boundary, Case, Side
from harness.judgement.vocabulary import Verdict
from harness.runs.row import Row


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A boundary that both sides of were run: confirmed only when broken is affected and fixed is not."""

    case: Case
    boundary: Boundary
    confirmed: bool

    def __str__(self) -> str:
        return (
            f"{self.case.name}: {self.boundary.broken} has it, {self.boundary.fixed} does not, "
            f"under {self.boundary.profile}: {'confirmed' if self.confirmed else 'NOT CONFIRMED'}"
        )


def confirmations(cases: Iterable[Case], rows: Sequence[Row]) -> tuple[Confirmation, ...]:
    """Every boundary that *rows* cover on both sides."""
    verdicts: dict[tuple[str, Side | None, str, str | None], set[Verdict]] = {}
    for row in rows:
        if row.discriminates:
            verdicts.setdefault((row.case, row.side, row.release, row.profile), set()).add(row.verdict)
    return tuple(
        Confirmation(case, boundary, _confirmed(case, boundary, verdicts))
        for case in cases
        for boundary in case.boundaries
        if all((case.name, side, boundary.release(side), boundary.profile) in verdicts for side in _SIDES)
    )


_SIDES = (Side.BROKEN, Side.FIXED)


def _confirmed(
    case: Case, boundary: Boundary, verdicts: Mapping[tuple[str, Side | None, str, str | None], set[Verdict]]
) -> bool:
    broken, fixed = (verdicts[case.name, side, boundary.release(side), boundary.profile] for side in _SIDES)
    return broken == {Verdict.AFFECTED} and fixed == {Verdict.UNAFFECTED}
