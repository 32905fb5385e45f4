"""What a person is shown of a run: a few cases whole, of many what matters."""

import pytest

from harness.catalogue.case import Side
from harness.judgement.vocabulary import Verdict
from harness.reports.console import show
from harness.runs.row import Row
from tests.support.factories import case, row

CASES = [case(f"session_lost_{number}") for number in range(1, 9)]
WRONG = CASES[3].name


def both_sides(name: str) -> list[Row]:
    """What was seen of a case's boundary; the bug of one is not there where it should be."""
    broken = Verdict.UNAFFECTED if name == WRONG else Verdict.AFFECTED
    return [
        row(case=name, verdict=broken, expected=Verdict.AFFECTED),
        row(case=name, verdict=Verdict.UNAFFECTED, expected=Verdict.UNAFFECTED, side=Side.FIXED, release="0.3.0"),
    ]


def shown(number: int, capsys: pytest.CaptureFixture[str], *, everything: bool = False) -> str:
    some = CASES[:number]
    show([each for one in some for each in both_sides(one.name)], some, everything=everything)
    return capsys.readouterr().out


def test_of_many_cases_the_boundaries_that_are_not_confirmed_are_named_and_the_others_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = shown(8, capsys)
    assert {one.name for one in CASES if one.name in text} == {WRONG}
    assert f"{WRONG}: 0.2.0 has it, 0.3.0 does not, under period: NOT CONFIRMED" in text
    assert text.endswith("16 observations: 15 as expected, 1 not as expected. Of 8 boundaries, 7 are confirmed.\n")


@pytest.mark.parametrize(("number", "everything"), [(4, False), (8, True)])
def test_a_few_cases_and_whatever_is_asked_for_are_shown_whole(
    number: int, everything: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shown(number, capsys, everything=everything)
    assert text.count(": confirmed\n") == number - 1
    assert text.endswith("as expected, 1 not as expected.\n")
