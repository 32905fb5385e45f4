"""A waiver, and what can be waived."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictStr

from harness.catalogue.case import Case
from harness.catalogue.selection import is_called
from harness.catalogue.values import Day
from harness.support.toml import Sentence


class Waiver(BaseModel):
    """Why a finding about a case is accepted, and until which day, that one included.

    `case` is whatever names a case: its name, a number, or an advisory's identifier.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: StrictStr = Field(description="the name of a case, its number, or an advisory's identifier")
    reason: Sentence = Field(description="why the bug is accepted")
    expires: Day = Field(description="a date without quotes, e.g. 2027-03-31")


class Waivable(Protocol):
    """A finding about a case, a frozen dataclass with a `waiver`.

    `is_there` says whether there is anything to be waived, `is_told` whether that is known.
    """

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def case(self) -> Case: ...

    @property
    def is_there(self) -> bool: ...

    @property
    def is_told(self) -> bool: ...


_Finding = TypeVar("_Finding", bound=Waivable)


def apply(findings: Iterable[_Finding], waivers: Sequence[Waiver]) -> tuple[_Finding, ...]:
    """*findings*, each bug that is there with its waiver."""
    return tuple(replace(each, waiver=waiver_of(each.case, waivers) if each.is_there else None) for each in findings)


def waiver_of(case: Case, waivers: Iterable[Waiver]) -> Waiver | None:
    """The waiver of *case*, if there is one."""
    return next((each for each in waivers if is_called(case, each.case)), None)
