"""What a run's rows say of a case as a whole: which boundaries they confirm."""

import pytest

from harness.catalogue.case import Case, Side
from harness.judgement.vocabulary import Reason, Verdict
from harness.releases.profiles import TODAY
from harness.reports.findings import confirmations
from harness.runs.row import Row
from tests.support.factories import boundary, case, row

AFFECTED, UNAFFECTED = Verdict.AFFECTED, Verdict.UNAFFECTED
CASE = case()


def seen(release: str, verdict: Verdict, **changes: object) -> Row:
    return row(
        release=release, verdict=verdict, reason=None if verdict in (AFFECTED, UNAFFECTED) else Reason.DIED, **changes
    )


def sides(broken: Verdict, fixed: Verdict, **changes: object) -> list[Row]:
    """What was seen of the boundary of `case()`."""
    return [seen("0.2.0", broken, **changes), seen("0.3.0", fixed, side=Side.FIXED, **changes)]


def confirmed(subject: Case, rows: list[Row]) -> list[bool]:
    return [each.confirmed for each in confirmations([subject], rows)]


@pytest.mark.parametrize("broken", Verdict)
@pytest.mark.parametrize("fixed", Verdict)
def test_a_boundary_is_confirmed_only_by_affected_and_unaffected(broken: Verdict, fixed: Verdict) -> None:
    assert confirmed(CASE, sides(broken, fixed)) == [(broken, fixed) == (AFFECTED, UNAFFECTED)]


def test_everything_that_tells_must_agree() -> None:
    right = sides(AFFECTED, UNAFFECTED)
    assert confirmed(CASE, [*right, *sides(AFFECTED, UNAFFECTED)]) == [True]
    assert confirmed(CASE, [*right, *sides(UNAFFECTED, UNAFFECTED)]) == [False]
    assert confirmed(CASE, [*right, *sides(AFFECTED, Verdict.INCONCLUSIVE)]) == [False]


def test_a_control_neither_confirms_nor_denies() -> None:
    assert confirmed(CASE, sides(AFFECTED, UNAFFECTED, discriminates=False)) == []
    assert confirmed(CASE, sides(AFFECTED, UNAFFECTED) + sides(UNAFFECTED, UNAFFECTED, discriminates=False)) == [True]


@pytest.mark.parametrize("side", [0, 1])
def test_one_side_alone_says_nothing_of_a_boundary(side: int) -> None:
    assert confirmed(CASE, sides(AFFECTED, UNAFFECTED)[side : side + 1]) == []


@pytest.mark.parametrize("change", [{"case": "header_lost_7"}, {"profile": TODAY}, {"side": Side.NEWEST}])
def test_rows_of_something_else_say_nothing_of_a_boundary(change: dict[str, object]) -> None:
    broken, fixed = sides(AFFECTED, UNAFFECTED)
    assert confirmed(CASE, [broken, seen("0.3.0", UNAFFECTED, **{"side": Side.FIXED} | change)]) == []
    assert confirmed(CASE, [broken, fixed, seen("0.3.0", AFFECTED, **{"side": Side.FIXED} | change)]) == [True]


def test_each_boundary_is_confirmed_by_its_own_rows() -> None:
    subject = case(boundaries=(boundary(), boundary(broken="0.7.0", fixed="0.8.0", profile=TODAY)))
    later = [
        seen("0.7.0", AFFECTED, profile=TODAY),
        seen("0.8.0", AFFECTED, side=Side.FIXED, profile=TODAY),
    ]
    found = confirmations([subject], [*sides(AFFECTED, UNAFFECTED), *later])
    assert [(each.boundary.fixed, each.confirmed) for each in found] == [("0.3.0", True), ("0.8.0", False)]
    assert ["NOT CONFIRMED" in str(each) for each in found] == [False, True]
