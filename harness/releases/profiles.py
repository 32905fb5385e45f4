"""Profiles: how a release's dependencies and its Python are chosen, as `cases/profiles.toml` states them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from harness.releases.index import Index, end_of_day
from harness.support.errors import UserError
from harness.support.toml import Requirement, Sentence, Specifier, problems_of, read_toml

PERIOD = "period"
TODAY = "today"


class Cutoff(StrEnum):
    """Up to when a distribution counts as uploaded: the end of the release's own day, or the index's day."""

    RELEASE = "release"
    INDEX = "index"


class _Table(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cutoff: Cutoff = Field(description=" or ".join(Cutoff))
    python: Specifier = Field(description='the interpreters that it admits, e.g. ">=3.11"')
    constraints: tuple[Requirement, ...] = Field(default=(), description='a list of requirements, e.g. ["anyio<4"]')
    about: Sentence = Field(description="what it is, in a few words")


@dataclass(frozen=True, slots=True)
class Profile:
    """A name for a cutoff day, the interpreters that it admits and what it allows beside Starlette.

    `python` is a version specifier such as `>=3.11`; `constraints` are requirements that bound what is
    installed and install nothing themselves; `about` says in a few words what the profile is.
    """

    name: str
    cutoff: Cutoff
    python: str
    constraints: tuple[str, ...] = ()
    about: str = ""

    def __str__(self) -> str:
        return self.name

    def moment(self, index: Index, day_of: str) -> datetime:
        """The moment up to which a distribution counts as uploaded, for the day of the release *day_of*."""
        if self.cutoff is Cutoff.INDEX:
            return index.as_of
        return end_of_day(index[day_of].uploaded)


Profiles = dict[str, Profile]


def load_profiles(path: Path) -> Profiles:
    """Read every profile, `period` and `today` first, for these two always exist.

    Raises:
        UserError: the file cannot be read or a profile in it is wrong; the message lists every problem.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        document = read_toml(path)
    except ValueError as error:
        raise UserError(f"{where}: {error}") from None
    problems = [f"{name}: missing; this profile always exists" for name in (PERIOD, TODAY) if name not in document]
    found: Profiles = {}
    for name in sorted(document, key=lambda each: (each not in (PERIOD, TODAY), each != PERIOD)):
        table, wrong = problems_of(_Table, document[name], name)
        problems += [f"{key}: {what}" for key, what in wrong]
        if table is not None:
            found[name] = Profile(name, table.cutoff, table.python, table.constraints, table.about)
    if problems:
        raise UserError("\n".join(f"{where}: {problem}" for problem in problems))
    return found
