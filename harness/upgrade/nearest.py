"""Where to go: looks for a release that is free of every bug, in steps that double and then in steps that halve."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from harness.catalogue.case import Case
from harness.judgement.vocabulary import Reason, Verdict
from harness.releases.index import Index, parse_version
from harness.runs.row import Row
from harness.upgrade.comparison import WITHOUT, Side
from harness.upgrade.refusal import Refusal
from harness.upgrade.resolving import Resolved

# After so many releases in a row that cannot be built, it is what lies beside them that cannot.
_GIVE_UP = 5


@dataclass(frozen=True, slots=True)
class Ran:
    """One side that was run: what it was, what the programs showed, and what was resolved for it."""

    side: Side
    rows: tuple[Row, ...]
    resolved: Resolved

    @property
    def is_other(self) -> bool:
        """Whether what the index has is not what was locked: then nothing that is looked for there means anything."""
        return any(row.reason is Reason.HASH_MISMATCH for row in self.rows)

    @property
    def is_unreachable(self) -> bool:
        """Whether no index answered."""
        return isinstance(self.resolved, Refusal) and self.resolved.unreachable

    @property
    def remaining(self) -> tuple[Row, ...]:
        """Every program that tells, and does not say that it is without its bug."""
        return tuple(row for row in self.rows if row.discriminates and row.verdict not in WITHOUT)

    @property
    def weight(self) -> tuple[bool, int, int]:
        """Whether it could be run at all, how many bugs are there, and how many could not be told."""
        affected = sum(row.verdict is Verdict.AFFECTED for row in self.remaining)
        return not self.side.freeze, affected, len(self.remaining) - affected


def gallop(size: int, is_free: Callable[[int], bool | None]) -> int | None:
    """A place of *size* that is free, the first one where all after it are; None where none that was asked is.

    Asks for no more than about twice the logarithm of the places, and ends where the answer is None.
    """
    low, high, step = -1, size, 1
    while high - low > 1:
        place = (low + high) // 2 if high < size else min(low + step, size - 1)
        free = is_free(place)
        if free is None:
            break
        if free:
            high = place
        else:
            low, step = place, step * 2
    return high if high < size else None


@dataclass
class Hunt:
    """Looks for a release without any bug of *cases*; *run* runs some of them on a release.

    `tried` is what was run, in order; the first is what the others are to be better than.
    """

    run: Callable[[str, Sequence[Case]], Ran]
    cases: Sequence[Case]
    tried: dict[str, Ran]
    hopeless: bool = field(default=False, init=False)

    def best(self, ways: Iterable[Sequence[str]]) -> Ran:
        """The first free release that is found on one of *ways*; where none is, the one with the fewest bugs.

        Of whatever it is, all cases are run: of one without the bugs of before, it is not known what it has instead.
        """
        for way in ways:
            if not self.hopeless and (free := self._free(way)):
                return free
        best = min(self.tried.values(), key=lambda ran: ran.weight)
        return best if self.hopeless else self._whole(best)

    def _free(self, way: Sequence[str]) -> Ran | None:
        """Gallop on the cases of the bugs that are known; from a release that has others, on with those as well."""
        names = {row.case for row in next(iter(self.tried.values())).remaining}
        while (place := gallop(len(way), partial(self._is_free, way, names))) is not None:
            found = self._whole(self.tried[way[place]])
            if not found.remaining:
                return found
            names |= {row.case for row in found.remaining}
            way = way[place + 1 :]
        return None

    def _is_free(self, way: Sequence[str], names: set[str], place: int) -> bool | None:
        """Whether a release has none of the bugs that *names* are about; None where there is no use in asking on."""
        release = way[place]
        ran = self.run(release, [case for case in self.cases if case.name in names])
        if ran.is_unreachable:
            self.hopeless = True
            return None
        self.tried[release] = ran
        latest = list(self.tried.values())[-_GIVE_UP:]
        self.hopeless = len(latest) == _GIVE_UP and not any(each.side.freeze for each in latest)
        return None if self.hopeless else ran.weight == (False, 0, 0)

    def _whole(self, ran: Ran) -> Ran:
        if {row.case for row in ran.rows} == {case.name for case in self.cases}:
            return ran
        release = ran.side.release
        self.tried[release] = self.run(release, self.cases)
        return self.tried[release]


def above(release: str, index: Index) -> list[str]:
    """Every final release above *release*, oldest first; none that was taken back."""
    return [version for version in _finals(index) if parse_version(version) > parse_version(release)]


def between(before: str, after: str, index: Index) -> list[str]:
    """Every final release above *before* and below *after*, newest first; none that was taken back."""
    low, high = parse_version(before), parse_version(after)
    return [version for version in _finals(index) if low < parse_version(version) < high][::-1]


def _finals(index: Index) -> Iterator[str]:
    return (each.version for each in index.releases if each.is_final and not each.yanked)
