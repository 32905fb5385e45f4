"""`cases/ledger.toml`: an entry for each documented fix, held against the notes and the catalogue."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, model_validator

from harness.catalogue.case import Case
from harness.catalogue.values import Fix
from harness.ledger.notes import Bullet
from harness.releases.index import parse_version
from harness.support.errors import UserError
from harness.support.toml import Sentence, problems_of, read_toml


class WhyNot(StrEnum):
    """Why a documented fix has no case: a closed list, and a last resort."""

    NOT_OBSERVABLE = "not_observable"
    DOCUMENTATION = "documentation"
    BUILD_OR_DEPENDENCY_BOUND = "build_or_dependency_bound"
    PERFORMANCE = "performance"
    OTHER_PLATFORM = "other_platform"
    DUPLICATE_OF = "duplicate_of"
    NEVER_RELEASED = "never_released"
    # Nobody has looked at it yet: this is what `--next` proposes.
    OPEN = "open"


class Entry(BaseModel):
    """One documented fix: where it is documented, and the cases that execute it or the reason why none does.

    `release` and `place` are those of the notes' list, `source` names what documented it elsewhere; `tried` says
    what was tried before a reason was given.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    release: StrictStr | None = Field(default=None, description='a release, e.g. "0.47.3"')
    place: Annotated[StrictInt, Field(gt=0)] | None = Field(default=None, description="the place in the notes' list")
    source: Sentence | None = Field(default=None, description="what documents it, where that is not the notes")
    fix: Fix | None = Field(default=None, description="a pull request's number, or a commit's hash")
    cases: tuple[StrictStr, ...] = Field(default=(), description="a list of names of cases")
    reason: WhyNot | None = Field(default=None, description=f"one of {', '.join(WhyNot)}")
    tried: Sentence | None = Field(default=None, description="what was tried and seen")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.release is None or self.place is None) == (self.source is None):
            raise ValueError("it says not where the fix is documented; write release and place, or source")
        if bool(self.cases) == (self.reason is not None):
            raise ValueError("write the cases that execute it or a reason, and not both")
        if self.reason not in (None, WhyNot.OPEN) and not self.tried:
            raise ValueError("tried: missing; a reason is checked as strictly as a case: write what was tried")
        return self

    @property
    def key(self) -> tuple[str, int]:
        return self.release or "", self.place or 0

    @property
    def name(self) -> str:
        return f"{self.release} no. {self.place}" if self.release else str(self.source)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    entry: tuple[Entry, ...] = Field(default=(), description="one or more tables [[entry]]")


def read_ledger(path: Path) -> tuple[Entry, ...]:
    """Every entry.

    Raises:
        UserError: the file cannot be read or is wrong; the message lists every problem of it.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        file, problems = problems_of(_File, read_toml(path))
    except ValueError as error:
        raise UserError(f"{where}: {error}") from None
    if problems or file is None:
        raise UserError("\n".join(f"{where}: {key}: {what}" for key, what in problems))
    return file.entry


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the ledger lacks or says too much of, in lines; and the entries that are executed."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...]

    @property
    def executed(self) -> int:
        return sum(bool(entry.cases) for entry in self.entries)

    @property
    def share(self) -> float:
        return self.executed / len(self.entries) if self.entries else 0.0

    def by_release(self) -> Iterator[tuple[str, int, int]]:
        """Minor release, entries executed, entries, newest first; those of other sources last."""
        total: Counter[str] = Counter(_minor(entry) for entry in self.entries)
        executed: Counter[str] = Counter(_minor(entry) for entry in self.entries if entry.cases)
        for minor in sorted(total, key=_weight, reverse=True):
            yield minor, executed[minor], total[minor]

    def by_area(self, cases: Sequence[Case]) -> Iterator[tuple[str, int]]:
        """Area and how many entries are executed by a case of it."""
        areas = {case.name: case.area for case in cases}
        found = Counter(areas[name] for entry in self.entries for name in entry.cases[:1] if name in areas)
        yield from sorted((str(area), count) for area, count in found.items())


def _minor(entry: Entry) -> str:
    return ".".join((entry.release or "elsewhere").split(".")[:2])


def _weight(minor: str) -> tuple[bool, object]:
    return (minor != "elsewhere", parse_version(minor) if minor != "elsewhere" else "")


def compare(entries: Sequence[Entry], bullets: Sequence[Bullet], names: Collection[str]) -> Comparison:
    """Hold the ledger against the notes' *bullets* and the *names* of the cases."""
    listed: Mapping[tuple[str, int], Bullet] = {(each.release, each.place): each for each in bullets}
    problems = []
    seen: Counter[tuple[str, int]] = Counter(entry.key for entry in entries if entry.release)
    for key, bullet in listed.items():
        if key not in seen:
            problems.append(f"{key[0]} no. {key[1]} has no entry: {bullet.fix or 'without a number'}")
    for key, count in seen.items():
        if count > 1:
            problems.append(f"{key[0]} no. {key[1]} has {count} entries; write one")
        if key not in listed:
            problems.append(f"{key[0]} no. {key[1]} is not in the release notes; remove the entry")
    for entry in entries:
        known = listed.get(entry.key)
        if known and entry.fix is not None and known.fix and not known.fix.startswith(str(entry.fix)):
            problems.append(f"{entry.name}: the notes name {known.fix}, and the entry {entry.fix}")
        problems += [f"{entry.name}: there is no case {name!r}" for name in entry.cases if name not in names]
    return Comparison(tuple(entries), tuple(problems))
