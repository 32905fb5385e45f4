"""The question as commands ask it: which of the cases does the code in these folders touch?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

from harness.catalogue.case import Case
from harness.touches.match import Touch, match
from harness.touches.scan import scan
from harness.touches.sources import read_sources


@dataclass(frozen=True, slots=True)
class Reading:
    """The answers, by the names of the cases, and of how many files; `notes` says what was not looked at."""

    touches: Mapping[str, Touch]
    files: int
    notes: tuple[str, ...] = ()

    @property
    def looked_at(self) -> str:
        """What the answers rest on, such as `46 Python files read, 1 notebook not looked into`."""
        return ", ".join([f"{self.files} Python {'file' if self.files == 1 else 'files'} read", *self.notes])


class Touching(Protocol):
    """A finding about a case, a frozen dataclass with a `touch`."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def case(self) -> Case: ...


_Finding = TypeVar("_Finding", bound=Touching)


def apply(findings: Iterable[_Finding], reading: Reading | None) -> tuple[_Finding, ...]:
    """*findings*, each with what the code has to do with its case, where code was read."""
    return tuple(replace(each, touch=reading.touches[each.case.name]) if reading else each for each in findings)


def touching(cases: Iterable[Case], folders: tuple[Path, ...], dependents: Collection[str] = ()) -> Reading:
    """Read the Python files below *folders* and say of each case whether they touch it.

    *dependents* are modules of other packages that use Starlette, beside those that are known to.

    Raises:
        UserError: a folder is none, or has no Python file.
    """
    sources = read_sources(folders)
    found = scan(sources, dependents)
    return Reading(match(cases, found, sources), len(sources.read), sources.notes)
