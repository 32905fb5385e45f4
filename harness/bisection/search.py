"""A three-valued search for where bad becomes good. Pure: it says what to ask next, and is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Answer(StrEnum):
    """What is known of one place."""

    GOOD = "good"
    BAD = "bad"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Search:
    """`size` places in a row, the first said to be bad and the last good, and what was told of some of them."""

    size: int
    answers: Mapping[int, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.size < 2:
            raise ValueError(f"nothing lies between the ends of {self.size} places")

    def told(self, place: int, answer: Answer) -> "Search":
        return Search(self.size, {**self.answers, place: answer})

    @property
    def ends(self) -> Mapping[int, Answer]:
        """The two ends, which are asked first, and what each was said to be."""
        return {0: Answer.BAD, self.size - 1: Answer.GOOD}

    @property
    def wrong_ends(self) -> tuple[int, ...]:
        """The ends that were asked and are not what they were said to be."""
        return tuple(end for end, said in self.ends.items() if self.answers.get(end, said) is not said)

    @property
    def last_bad(self) -> int:
        """The place next to the change on the bad side, as far as it was asked."""
        return max((place for place, answer in self.answers.items() if answer is Answer.BAD), default=0)

    @property
    def first_good(self) -> int:
        """The place next to the change on the good side, as far as it was asked."""
        return min((place for place, answer in self.answers.items() if answer is Answer.GOOD), default=self.size - 1)

    @property
    def next(self) -> int | None:
        """The place to ask now; None when no answer would say more.

        Of those that are open it is the middle one. Where the middle was skipped, that is the open
        one nearest to it, and every answer but a skip still halves what is open.
        """
        unasked = [end for end in self.ends if end not in self.answers]
        if unasked:
            return unasked[0]
        return self._open[len(self._open) // 2] if self._open else None

    @property
    def left(self) -> int:
        """How many more questions there are at most, if none is skipped."""
        return sum(end not in self.answers for end in self.ends) + len(self._open).bit_length()

    @property
    def _open(self) -> list[int]:
        if self.wrong_ends:
            return []
        return [place for place in range(self.last_bad + 1, self.first_good) if place not in self.answers]
