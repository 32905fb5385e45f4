"""A three-valued search for where a sequence changes. Pure: it asks, and is told good, bad or skip."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What is known of one place in the sequence."""

    GOOD = "good"
    BAD = "bad"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Change:
    """The answer changes between the places `before` and `after`.

    They are neighbours, unless everything between them had to be skipped: then the change is
    somewhere from `before` + 1 to `after`, and nothing more can be said.
    """

    before: int
    after: int

    @property
    def is_exact(self) -> bool:
        return self.after == self.before + 1


class EndsError(ValueError):
    """The ends do not differ, or one of them cannot be told: there is nothing to search between."""


def find_change(first: int, last: int, ask: Callable[[int], Answer]) -> Change:
    """Find a change between *first* and *last* in log steps, both of them asked first.

    Raises:
        EndsError: the answers at the ends are the same, or one is skip.
    """
    start, end = ask(first), ask(last)
    if Answer.SKIP in (start, end) or start is end:
        raise EndsError(f"the first is {start} and the last is {end}; one must be good and the other bad")
    before, after = first, last
    skipped: set[int] = set()
    while open_places := [place for place in range(before + 1, after) if place not in skipped]:
        middle = (before + after) / 2
        place = min(open_places, key=lambda each: abs(each - middle))
        answer = ask(place)
        if answer is Answer.SKIP:
            skipped.add(place)
        elif answer is start:
            before = place
        else:
            after = place
    return Change(before, after)
