"""The search, over every row of places up to a length."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from harness.bisection.search import Answer, Search

LONGEST = 7
BAD, GOOD, SKIP = Answer.BAD, Answer.GOOD, Answer.SKIP


def searched(row: Sequence[Answer]) -> tuple[Search, list[int]]:
    """The search when it has ended, and what it asked, in order."""
    search, asked = Search(len(row)), list[int]()
    while (place := search.next) is not None:
        asked.append(place)
        search = search.told(place, row[place])
    return search, asked


def rows() -> Iterator[tuple[Answer, ...]]:
    """Every row whose ends are as they were said to be, whatever lies between."""
    for size in range(2, LONGEST + 1):
        yield from ((BAD, *between, GOOD) for between in product(Answer, repeat=size - 2))


def test_both_ends_are_asked_first_and_nothing_is_asked_twice() -> None:
    for row in rows():
        _, asked = searched(row)
        assert asked[:2] == [0, len(row) - 1]
        assert len(set(asked)) == len(asked)


def test_the_answer_lies_between_a_bad_and_a_good_place_with_nothing_but_skips_between() -> None:
    for row in rows():
        search, _ = searched(row)
        bad, good = search.last_bad, search.first_good
        assert (row[bad], row[good]) == (BAD, GOOD)
        assert bad < good
        assert set(row[bad + 1 : good]) <= {SKIP}


def test_where_bad_becomes_good_once_the_answer_holds_the_change_whatever_was_skipped() -> None:
    for row in rows():
        for change in range(1, len(row)):
            truth = [BAD if place < change else GOOD for place in range(len(row))]
            if all(told in (SKIP, true) for told, true in zip(row, truth, strict=True)):
                search, _ = searched(row)
                assert search.last_bad < change <= search.first_good


def test_without_skips_the_answer_is_exact() -> None:
    for row in rows():
        if SKIP not in row:
            search, _ = searched(row)
            assert search.first_good == search.last_bad + 1


def test_there_are_no_more_questions_than_a_logarithm_and_the_skips() -> None:
    for row in rows():
        _, asked = searched(row)
        skips = sum(row[place] is SKIP for place in asked)
        assert len(asked) <= 2 + (len(row) - 2).bit_length() + skips


def test_what_is_said_to_be_left_is_enough_and_ends_at_none() -> None:
    for row in rows():
        _, asked = searched(row)
        search = Search(len(row))
        for number, place in enumerate(asked):
            skips = sum(row[each] is SKIP for each in asked[number:])
            assert len(asked) - number <= search.left + skips
            search = search.told(place, row[place])
        assert search.left == 0


def test_a_long_row_takes_a_logarithm() -> None:
    for change in range(1, 1000):
        search, asked = searched([BAD] * change + [GOOD] * (1000 - change))
        assert (search.last_bad, search.first_good) == (change - 1, change)
        assert len(asked) <= 12


@pytest.mark.parametrize("ends", [ends for ends in product(Answer, repeat=2) if ends != (BAD, GOOD)])
def test_nothing_is_searched_between_ends_that_are_not_as_they_were_said_to_be(ends: tuple[Answer, Answer]) -> None:
    for size in range(2, LONGEST + 1):
        search, asked = searched([ends[0], *[GOOD] * (size - 2), ends[1]])
        assert asked == [0, size - 1]
        assert search.left == 0
        wrong = {0: ends[0] is not BAD, size - 1: ends[1] is not GOOD}
        assert search.wrong_ends == tuple(end for end, is_wrong in wrong.items() if is_wrong)


def test_a_single_place_has_no_two_ends() -> None:
    with pytest.raises(ValueError, match="1 places"):
        Search(1)
