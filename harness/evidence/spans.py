"""Affected ranges: what spans of verdicts come to, and how a range is spelled."""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.judgement.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Interval:
    """A run of affected releases.

    `fixed` is the first release after it that is unaffected, None where there is none yet. Between
    the last affected release and `fixed`, and before `introduced`, may lie some that could not be told.
    """

    introduced: str
    last_affected: str
    fixed: str | None

    @property
    def spelled(self) -> str:
        if self.introduced == self.last_affected:
            return self.introduced
        return f"{self.introduced} to {self.last_affected}"


def intervals(verdicts: Iterable[tuple[str, str, Verdict]]) -> tuple[Interval, ...]:
    """Join spans (first release, last release, verdict), oldest first, to affected ranges.

    What is not applicable ends a range as `unaffected` does; what could not be told does not.
    """
    found: list[Interval] = []
    introduced = last = None
    for first, end, verdict in verdicts:
        if verdict is Verdict.AFFECTED:
            introduced, last = introduced or first, end
        elif verdict.is_free and introduced and last:
            found.append(Interval(introduced, last, first))
            introduced = last = None
    if introduced and last:
        found.append(Interval(introduced, last, None))
    return tuple(found)


def spelled(ranges: Iterable[Interval]) -> str:
    """Affected ranges in words."""
    return ", ".join(each.spelled for each in ranges) or "none"
