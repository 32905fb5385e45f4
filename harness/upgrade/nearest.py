"""Where to go: runs the releases of which the evidence expects the least, until none is expected to be better."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from harness.environments.model import Environment
from harness.judgement.vocabulary import Reason
from harness.releases.index import Index, parse_version
from harness.runs.row import Row
from harness.upgrade.comparison import Side
from harness.upgrade.forecast import Weight, weighed
from harness.upgrade.refusal import Refusal
from harness.upgrade.resolving import Resolved

# How many releases are run at most for one answer.
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Ran:
    """One side that was run: what it was, what the programs showed, and what was resolved for it."""

    side: Side
    rows: tuple[Row, ...]
    resolved: Resolved
    environment: Environment | None = None

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
        return tuple(row for row in self.rows if row.discriminates and not row.verdict.is_free)

    @property
    def has(self) -> Weight:
        """The bugs that were seen there, or could not be told."""
        return weighed({row.case: row.kind for row in self.remaining}.values())

    @property
    def weight(self) -> tuple[bool, Weight]:
        """Whether it could not be run at all, and which bugs may be there."""
        return not self.side.freeze, self.has


@dataclass
class Hunt:
    """Looks for the release with the fewest bugs; *run* runs one, and *expected* says what to expect of it.

    `tried` is what was run, in order.
    """

    run: Callable[[str], Ran]
    expected: Callable[[str], Weight]
    tried: dict[str, Ran]
    hopeless: bool = field(default=False, init=False)

    def best(self, way: Sequence[str]) -> Ran | None:
        """The best of those of *way* that were run, of equal ones the first; None where none could be.

        The ones with the best prospects are run first, until what was seen is as good as any other's prospect.
        """
        ahead = sorted((each for each in way if each not in self.tried), key=self.expected)
        for release in ahead[:_TRIES]:
            found = self._best(way)
            if self.hopeless or (found and found.side.freeze and found.has <= self.expected(release)):
                break
            self.at(release)
        return self._best(way)

    def _best(self, way: Sequence[str]) -> Ran | None:
        return min((self.tried[each] for each in way if each in self.tried), key=lambda ran: ran.weight, default=None)

    def at(self, release: str) -> Ran:
        """What *release* shows, run if it was not yet."""
        if release not in self.tried:
            self.tried[release] = self.run(release)
            self.hopeless = self.hopeless or self.tried[release].is_unreachable
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
