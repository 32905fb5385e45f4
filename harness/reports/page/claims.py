"""Claims beside the measurement, and bugs that came back: what a line of the matrix says of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from packaging.version import Version

from harness.judgement.vocabulary import Verdict
from harness.catalogue.case import Claim
from harness.evidence.document import Interval
from harness.releases.index import parse_version
from harness.reports.page.matrix import Cell, Line

_NOT_AFFECTED = (Verdict.UNAFFECTED, Verdict.NOT_APPLICABLE)


class Answer(StrEnum):
    """What the measurement makes of a claim."""

    RIGHT = "right"
    WRONG = "wrong"
    UNTOLD = "could not be told"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A claim, what the measurement makes of it under one profile, and why, as a clause."""

    claim: Claim
    line: Line
    answer: Answer
    why: str


@dataclass(frozen=True, slots=True)
class Comeback:
    """An interval that follows a fix: `changed` is what its first release resolved otherwise than `before`."""

    line: Line
    fixed: str
    again: Interval
    before: Cell
    changed: tuple[tuple[str, str | None, str | None], ...]


def assess(claim: Claim, line: Line) -> Assessment:
    """Whether the claimed release is the first final one from which on nothing is affected any more."""
    claimed = parse_version(claim.fixed)
    wrong = [each for each in line.intervals if parse_version(each.last_affected) >= claimed]
    if not line.intervals:
        return Assessment(claim, line, Answer.UNTOLD, "no release is affected")
    if wrong:
        return Assessment(claim, line, Answer.WRONG, _affected_after(claim, wrong[-1]))
    earlier = [cell for cell in _after(line, line.intervals[-1].last_affected) if _version(cell) < claimed]
    if already := [cell for cell in earlier if cell.verdict is Verdict.UNAFFECTED]:
        first = already[0].release.version
        count = "1 final release" if len(already) == 1 else f"{len(already)} final releases"
        return Assessment(claim, line, Answer.WRONG, f"fixed in {first} already, {count} earlier")
    unclear = [*earlier, *(cell for cell in line.cells if _version(cell) >= claimed)][:1]
    if not unclear:
        return Assessment(claim, line, Answer.UNTOLD, f"{claim.fixed} is not out")
    if unclear[0].verdict is not Verdict.UNAFFECTED:
        return Assessment(claim, line, Answer.UNTOLD, f"{unclear[0].release.version} is {unclear[0].verdict}")
    return Assessment(claim, line, Answer.RIGHT, f"affected up to {line.intervals[-1].last_affected}, then no more")


def _affected_after(claim: Claim, interval: Interval) -> str:
    if parse_version(interval.introduced) < parse_version(claim.fixed):
        return f"still affected up to {interval.last_affected}"
    return f"affected again in {spelled(interval)}"


def _after(line: Line, version: str) -> Iterator[Cell]:
    """The cells of the final releases that follow *version*."""
    return (cell for cell in line.cells if cell.release.is_final and _version(cell) > parse_version(version))


def comebacks(line: Line) -> Iterator[Comeback]:
    """Every interval but the first."""
    cells = {cell.release.version: cell for cell in line.cells}
    order = list(cells)
    for earlier, again in zip(line.intervals, line.intervals[1:], strict=False):
        between = order[order.index(str(earlier.fixed)) : order.index(again.introduced)]
        before = next(cells[version] for version in reversed(between) if cells[version].verdict in _NOT_AFFECTED)
        yield Comeback(line, str(earlier.fixed), again, before, _changed(before, cells[again.introduced]))


def _changed(before: Cell, after: Cell) -> tuple[tuple[str, str | None, str | None], ...]:
    """Each distribution that *after* resolved otherwise, with its two versions; None where it is not installed."""
    old, new = before.resolved, after.resolved
    names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    return tuple((name, old.get(name), new.get(name)) for name in names)


def ended(interval: Interval) -> str:
    """What became of *interval*, in words."""
    return f"fixed in {interval.fixed}" if interval.fixed else "not fixed"


def spelled(interval: Interval) -> str:
    """The affected releases of *interval* in words."""
    first, last = interval.introduced, interval.last_affected
    return first if first == last else f"{first} to {last}"


def cells_in(line: Line, interval: Interval) -> tuple[Cell, ...]:
    """The cells of *line* that lie in *interval*, whatever their verdict."""
    first, last = parse_version(interval.introduced), parse_version(interval.last_affected)
    return tuple(cell for cell in line.cells if first <= _version(cell) <= last)


def _version(cell: Cell) -> Version:
    return parse_version(cell.release.version)
