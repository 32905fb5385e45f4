"""What a run's rows say of a case as a whole: boundaries that they confirm, claims that they contradict."""

import pytest

from harness.judgement.vocabulary import Reason, Verdict
from harness.catalogue.case import Case, Side
from harness.reports.findings import contradictions, findings
from harness.releases.index import Profile
from harness.runs.record import Row
from tests.support.factories import boundary, case, claim, row

AFFECTED, UNAFFECTED = Verdict.AFFECTED, Verdict.UNAFFECTED
CASE = case(claims=(claim("0.10.0"),))


def seen(release: str, verdict: Verdict, **changes: object) -> Row:
    return row(
        release=release, verdict=verdict, reason=None if verdict in (AFFECTED, UNAFFECTED) else Reason.DIED, **changes
    )


def sides(broken: Verdict, fixed: Verdict, **changes: object) -> list[Row]:
    """What was seen of the boundary of `case()`."""
    return [seen("0.2.0", broken, **changes), seen("0.3.0", fixed, side=Side.FIXED, **changes)]


def confirmed(subject: Case, rows: list[Row]) -> list[bool]:
    return [each.confirmed for each in findings([subject], rows)]


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
    assert confirmed(CASE, sides(AFFECTED, UNAFFECTED, tells=False)) == []
    assert confirmed(CASE, sides(AFFECTED, UNAFFECTED) + sides(UNAFFECTED, UNAFFECTED, tells=False)) == [True]


@pytest.mark.parametrize("side", [0, 1])
def test_one_side_alone_says_nothing_of_a_boundary(side: int) -> None:
    assert confirmed(CASE, sides(AFFECTED, UNAFFECTED)[side : side + 1]) == []


@pytest.mark.parametrize("change", [{"case": "header_lost_7"}, {"profile": Profile.TODAY}, {"side": Side.NEWEST}])
def test_rows_of_something_else_say_nothing_of_a_boundary(change: dict[str, object]) -> None:
    broken, fixed = sides(AFFECTED, UNAFFECTED)
    assert confirmed(CASE, [broken, seen("0.3.0", UNAFFECTED, **{"side": Side.FIXED} | change)]) == []
    assert confirmed(CASE, [broken, fixed, seen("0.3.0", AFFECTED, **{"side": Side.FIXED} | change)]) == [True]


def test_each_boundary_is_confirmed_by_its_own_rows() -> None:
    subject = case(boundaries=(boundary(), boundary(broken="0.7.0", fixed="0.8.0", profile=Profile.TODAY)))
    later = [
        seen("0.7.0", AFFECTED, profile=Profile.TODAY),
        seen("0.8.0", AFFECTED, side=Side.FIXED, profile=Profile.TODAY),
    ]
    found = findings([subject], [*sides(AFFECTED, UNAFFECTED), *later])
    assert [(each.boundary.fixed, each.confirmed) for each in found] == [("0.3.0", True), ("0.8.0", False)]
    assert ["NOT CONFIRMED" in str(each) for each in found] == [False, True]


@pytest.mark.parametrize(
    ("release", "verdict", "contradicts"),
    [
        ("0.1.0", UNAFFECTED, False),
        ("0.2.0", UNAFFECTED, False),
        ("0.3.0", UNAFFECTED, True),
        ("0.9.0", UNAFFECTED, True),
        ("0.9.0", AFFECTED, False),
        ("0.10.0b1", UNAFFECTED, True),
        ("0.10.0", AFFECTED, True),
        ("0.10.0", UNAFFECTED, False),
        ("0.10.0.post1", AFFECTED, True),
        ("1.0.0", AFFECTED, True),
        ("1.0.0", UNAFFECTED, False),
    ],
)
def test_a_claim_says_unaffected_from_its_release_on_and_from_no_earlier_fix_on(
    release: str, verdict: Verdict, contradicts: bool
) -> None:
    found = contradictions([CASE], [seen(release, verdict)])
    assert [(each.release, each.verdict) for each in found] == ([(release, verdict)] if contradicts else [])


def test_a_bug_that_came_back_has_an_earlier_fix() -> None:
    later = boundary(broken="0.11.0", fixed="0.12.0")
    subject = case(claims=(claim("0.12.0"),), boundaries=(boundary(), later))
    rows = [seen("0.2.0", UNAFFECTED), seen("0.4.0", UNAFFECTED), seen("0.12.0", UNAFFECTED)]
    assert [each.release for each in contradictions([subject], rows)] == ["0.4.0"]


@pytest.mark.parametrize("release", ["0.9.0", "0.10.0"])
@pytest.mark.parametrize("verdict", [each for each in Verdict if each not in (AFFECTED, UNAFFECTED)])
def test_what_was_not_seen_contradicts_nothing(release: str, verdict: Verdict) -> None:
    assert contradictions([CASE], [seen(release, verdict)]) == ()


@pytest.mark.parametrize(("release", "verdict"), [("0.9.0", UNAFFECTED), ("0.10.0", AFFECTED)])
def test_a_control_contradicts_nothing(release: str, verdict: Verdict) -> None:
    assert contradictions([CASE], [seen(release, verdict, tells=False)]) == ()


def test_a_claim_is_held_against_its_own_case_alone() -> None:
    assert contradictions([CASE], [seen("0.10.0", AFFECTED, case="header_lost_7")]) == ()
    assert contradictions([case()], [seen("0.10.0", AFFECTED)]) == ()


def test_every_claim_is_held_against_every_row() -> None:
    subject = case(claims=(claim("0.10.0"), claim("0.9.0"), claim("2.0.0")))
    found = contradictions([subject], [seen("0.9.0", AFFECTED), seen("0.10.0", AFFECTED)])
    assert [(each.claim.fixed, each.release) for each in found] == [
        ("0.10.0", "0.10.0"),
        ("0.9.0", "0.9.0"),
        ("0.9.0", "0.10.0"),
    ]


@pytest.mark.parametrize(
    ("profile", "said"), [(Profile.PERIOD, "of its period"), (Profile.TODAY, "of today"), (None, "in this environment")]
)
def test_a_contradiction_names_the_source_the_claim_and_what_was_seen(profile: Profile | None, said: str) -> None:
    (found,) = contradictions([CASE], [seen("0.11.0", AFFECTED, profile=profile)])
    assert all(text in str(found) for text in ("session_lost_7", "a page", "0.10.0", "0.11.0 is affected", said))
