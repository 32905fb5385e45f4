"""Where to go: the release that is found is free of every bug, and few are run until it is."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest

from harness.catalogue.case import Case
from harness.judgement.vocabulary import Reason, Verdict
from harness.runs.row import Row
from harness.upgrade.nearest import Hunt, Ran, above, between, gallop
from harness.upgrade.refusal import Refusal
from tests.support.factories import index, release, row
from tests.support.upgrades import bug, side

CASES = (bug(7), bug(8), bug(9))
LONGEST = 9


def galloped(free: Sequence[bool]) -> tuple[int | None, list[int]]:
    """What a gallop over places finds, and what it asked."""
    asked: list[int] = []

    def is_free(place: int) -> bool:
        asked.append(place)
        return free[place]

    return gallop(len(free), is_free), asked


def test_what_is_found_is_free_and_what_is_before_it_is_not() -> None:
    for size in range(LONGEST + 1):
        for free in product([False, True], repeat=size):
            place, asked = galloped(free)
            assert len(set(asked)) == len(asked)
            if place is None:
                assert not any(free[each] for each in asked)
            else:
                assert free[place]
                assert place == 0 or (place - 1 in asked and not free[place - 1])


def test_where_all_from_one_on_are_free_that_one_is_found() -> None:
    for size in range(200):
        for first in range(size + 1):
            place, _ = galloped([False] * first + [True] * (size - first))
            assert place == (first if first < size else None)


def test_no_more_are_asked_than_twice_a_logarithm() -> None:
    for size in (1, 2, 10, 200, 1000):
        for first in range(size + 1):
            _, asked = galloped([False] * first + [True] * (size - first))
            assert len(asked) <= 2 * size.bit_length()


def test_a_gallop_is_short_where_the_next_release_is_free() -> None:
    assert galloped([True] * 200) == (0, [0])


class History:
    """Which of the bugs 7, 8 and 9 each release has, one after the other; None for what cannot be built."""

    def __init__(self, *bugs: set[int] | None, unreachable: bool = False) -> None:
        self.bugs = bugs
        self.unreachable = unreachable
        self.ran: list[tuple[str, list[str]]] = []

    @property
    def way(self) -> list[str]:
        return [f"0.{place}.0" for place in range(1, len(self.bugs))]

    def run(self, version: str, cases: Sequence[Case]) -> Ran:
        self.ran.append((version, [case.name for case in cases]))
        has = self.bugs[int(version.split(".")[1])]
        found = replace(side(version), freeze=() if has is None else (f"starlette=={version}",))
        resolved = Refusal("Failed to fetch the index") if self.unreachable else ()
        return Ran(found, tuple(self._row(case, has) for case in cases), resolved)

    def _row(self, case: Case, has: set[int] | None) -> Row:
        number = case.references.issue
        about = row(case=case.name, issue=number, label=case.label, expected=None)
        if has is None:
            return replace(about, verdict=Verdict.UNAVAILABLE, reason=Reason.NOT_INSTALLABLE)
        return replace(about, verdict=Verdict.AFFECTED if number in has else Verdict.UNAFFECTED)

    def hunt(self, *ways: Sequence[str]) -> tuple[Ran, Hunt]:
        hunt = Hunt(self.run, CASES, {"0.0.0": self.run("0.0.0", CASES)})
        self.ran.clear()
        return hunt.best(ways or [self.way]), hunt


def test_only_the_cases_of_the_bugs_that_are_there_are_run_until_a_release_is_free_of_them() -> None:
    history = History({7}, {7}, {7}, set(), set())
    best, hunt = history.hunt()
    assert best.side.release == "0.3.0"
    assert history.ran == [(version, ["session_lost_7"]) for version in ("0.1.0", "0.3.0", "0.2.0")] + [
        ("0.3.0", [case.name for case in CASES])
    ]
    assert list(hunt.tried) == ["0.0.0", "0.1.0", "0.3.0", "0.2.0"]


def test_the_nearest_of_several_free_ones_is_taken_in_whichever_order_they_were_run() -> None:
    best, _ = History({7}, {7}, set(), set(), set()).hunt()
    assert best.side.release == "0.2.0"


def test_a_release_that_has_another_bug_instead_is_not_free() -> None:
    best, _ = History({7}, {8}, {8}, set(), {9}).hunt()
    assert (best.side.release, best.remaining) == ("0.3.0", ())


def test_a_bug_that_comes_later_does_not_hide_the_release_before_it() -> None:
    best, _ = History({7}, set(), {8}, {8}, {8}).hunt()
    assert (best.side.release, best.remaining) == ("0.1.0", ())


def test_where_no_release_is_free_it_is_the_one_with_the_fewest_bugs_and_what_remains_is_of_all_cases() -> None:
    best, hunt = History({7, 8}, {7, 8}, {7, 9}, {7}).hunt()
    assert [each.label for each in best.remaining] == ["#7"]
    assert {each.case for each in best.rows} == {case.name for case in CASES}
    assert best.side.release in hunt.tried


def test_the_target_itself_is_the_best_where_nothing_is_better() -> None:
    best, _ = History({7}, {7}, {7}).hunt()
    assert best.side.release == "0.0.0"


def test_the_second_way_is_gone_where_the_first_leads_nowhere() -> None:
    history = History({7}, {7}, {7}, set(), {7})
    best, hunt = history.hunt(["0.1.0", "0.2.0"], ["0.3.0", "0.4.0"])
    assert best.side.release == "0.3.0"
    assert list(hunt.tried) == ["0.0.0", "0.1.0", "0.2.0", "0.3.0"]


def test_where_nothing_can_be_built_it_is_given_up() -> None:
    history = History({7}, *[None] * 300)
    best, hunt = history.hunt(history.way, history.way)
    assert best.side.release == "0.0.0"
    assert len(hunt.tried) == 6


def test_where_no_index_answers_nothing_more_is_asked() -> None:
    history = History({7}, {7}, set(), unreachable=True)
    best, hunt = history.hunt(history.way, history.way)
    assert best.side.release == "0.0.0"
    assert (list(hunt.tried), len(history.ran)) == (["0.0.0"], 1)


def test_a_release_that_cannot_be_built_is_passed_over() -> None:
    best, _ = History({7}, None, None, set(), set()).hunt()
    assert best.side.release == "0.3.0"


INDEX = index("0.1.0", "0.2.0b1", "0.2.0", release("0.3.0", yanked=True), "0.4.0", "0.5.0", "0.6.0rc1")


@pytest.mark.parametrize(
    ("version", "found"),
    [("0.2.0", ["0.4.0", "0.5.0"]), ("0.5.0", []), ("0.0.9", ["0.1.0", "0.2.0", "0.4.0", "0.5.0"])],
)
def test_what_is_above_is_final_and_was_not_taken_back(version: str, found: list[str]) -> None:
    assert above(version, INDEX) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [("0.1.0", "0.5.0", ["0.4.0", "0.2.0"]), ("0.5.0", "0.1.0", []), ("0.4.0", "0.5.0", []), ("0.1.0", "0.1.0", [])],
)
def test_what_is_between_the_sides_begins_nearest_to_the_target(before: str, after: str, found: list[str]) -> None:
    assert between(before, after, INDEX) == found
