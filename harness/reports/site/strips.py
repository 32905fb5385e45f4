"""A case's spans as a strip of coloured pieces, one column for each release."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from harness.evidence.document import Evidence, ProfileEvidence, Span
from harness.evidence.spans import spelled
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index

# The order in which a reader wants to know: of two programs, the one that shows it.
_ORDER = (
    Verdict.AFFECTED,
    Verdict.FLAKY,
    Verdict.INCONCLUSIVE,
    Verdict.UNAVAILABLE,
    Verdict.UNAFFECTED,
    Verdict.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring releases with one verdict: the column of the first, how many, and what is said of them."""

    start: int
    length: int
    verdict: Verdict
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """What was measured under some profiles that say the same."""

    profiles: tuple[str, ...]
    ranges: str
    pieces: tuple[Piece, ...]

    @property
    def affected(self) -> list[tuple[int, int]]:
        """First and last column of each affected piece."""
        found = (piece for piece in self.pieces if piece.verdict is Verdict.AFFECTED)
        return [(piece.start, piece.start + piece.length - 1) for piece in found]

    @property
    def untold(self) -> int:
        """Of how many releases it could not be told."""
        return sum(piece.length for piece in self.pieces if not piece.verdict.is_told)


def strips(evidence: Evidence, index: Index) -> tuple[Strip, ...]:
    """A strip for each profile; profiles that say the same have one together."""
    found: dict[tuple[Piece, ...], list[str]] = {}
    for name, profile in evidence.profiles.items():
        found.setdefault(tuple(_pieces(evidence, profile, index)), []).append(name)
    return tuple(
        Strip(tuple(names), _ranges(evidence, evidence.profiles[names[0]]), pieces) for pieces, names in found.items()
    )


def at_a_glance(found: Iterable[Strip]) -> tuple[Strip, ...]:
    """One strip for all profiles that have the same affected releases: the one of which most could be told."""
    same: dict[str, list[Strip]] = {}
    for strip in found:
        same.setdefault(strip.ranges, []).append(strip)
    return tuple(
        replace(
            min(alike, key=lambda strip: strip.untold), profiles=tuple(name for each in alike for name in each.profiles)
        )
        for alike in same.values()
    )


def _ranges(evidence: Evidence, profile: ProfileEvidence) -> str:
    words = [spelled(profile.intervals(check)) for check in evidence.discriminates]
    return "; ".join(dict.fromkeys(words))


def _pieces(evidence: Evidence, profile: ProfileEvidence, index: Index) -> Iterator[Piece]:
    columns: dict[int, Span] = {}
    for check in evidence.discriminates:
        for span in profile.programs[check]:
            for column in range(index.place(span.first), index.place(span.last) + 1):
                columns[column] = _worse(columns.get(column), span)
    start = 0
    for column in range(1, len(index.releases) + 1):
        if column == len(index.releases) or _kind(columns.get(column)) != _kind(columns.get(start)):
            if seen := columns.get(start):
                yield Piece(start, column - start, seen.verdict, _label(index, start, column - 1, seen))
            start = column


def _worse(one: Span | None, other: Span) -> Span:
    return other if one is None or _ORDER.index(other.verdict) < _ORDER.index(one.verdict) else one


def _kind(span: Span | None) -> Verdict | None:
    return span.verdict if span else None


def _label(index: Index, first: int, last: int, span: Span) -> str:
    ends = [index.releases[first].version, index.releases[last].version]
    where = ends[0] if first == last else " to ".join(ends)
    return f"{where}: {span.verdict}" + (f", {span.reason}" if span.reason else "")


def counts(found: Iterable[Strip], columns: int) -> list[int]:
    """How many strips are affected in each column."""
    totals = [0] * columns
    for strip in found:
        for first, last in strip.affected:
            for column in range(first, last + 1):
                totals[column] += 1
    return totals


COLOURS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.AFFECTED: ("#b93a12", "#ff8a63"),
    Verdict.FLAKY: ("#8033a8", "#cf9cf5"),
    Verdict.INCONCLUSIVE: ("#c79a2f", "#a5822c"),
    Verdict.UNAVAILABLE: ("#5b616a", "#aab2bc"),
    Verdict.NOT_APPLICABLE: ("#d5dae0", "#343b43"),
    Verdict.UNAFFECTED: ("#9fc8e0", "#2f5d78"),
}
MEANINGS: Mapping[Verdict, str] = {
    Verdict.AFFECTED: "the documented symptom was seen",
    Verdict.UNAFFECTED: "the program ran to its end and saw the right behaviour",
    Verdict.NOT_APPLICABLE: "there is no such thing to be affected",
    Verdict.INCONCLUSIVE: "something else happened",
    Verdict.UNAVAILABLE: "the environment could not be built",
    Verdict.FLAKY: "repeated runs disagree",
}
