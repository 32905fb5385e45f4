"""The releases of Starlette on the package index, as `evidence/releases.json` holds them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from harness.support.errors import UserError


@dataclass(frozen=True, slots=True)
class Release:
    """One version of Starlette on the index.

    `uploaded` is when its last file was uploaded, in UTC.
    """

    version: str
    uploaded: datetime
    yanked: bool

    def __post_init__(self) -> None:
        if str(parse_version(self.version)) != self.version:
            raise ValueError(f"{self.version!r} is not a normalized version")
        if not isinstance(self.yanked, bool):
            raise TypeError(f"{self.version}: yanked = {self.yanked!r} is neither true nor false")
        if self.uploaded.tzinfo is None:
            raise ValueError(f"{self.version}: {self.uploaded} has no time zone")

    @property
    def is_final(self) -> bool:
        return not parse_version(self.version).is_prerelease


@dataclass(frozen=True, slots=True)
class Index:
    """Every release known on the day `as_of`, oldest version first.

    `finals` are the final and post releases, oldest first; a yanked one is still on the index.
    """

    as_of: datetime
    releases: tuple[Release, ...]
    finals: tuple[str, ...] = field(init=False, compare=False)
    _places: Mapping[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError(f"as_of = {self.as_of} has no time zone")
        if not any(release.is_final and not release.yanked for release in self.releases):
            raise ValueError("there is no final release that was not taken back")
        versions = [parse_version(release.version) for release in self.releases]
        if versions != sorted(set(versions)):
            raise ValueError("the releases are not in the order of their versions, each once")
        object.__setattr__(self, "finals", tuple(each.version for each in self.releases if each.is_final))
        places = {release.version: place for place, release in enumerate(self.releases)}
        object.__setattr__(self, "_places", places)

    def __getitem__(self, version: str) -> Release:
        return self.releases[self._places[version]]

    def __contains__(self, version: str) -> bool:
        return version in self._places

    def place(self, version: str) -> int:
        """Where *version* stands among all releases, counted from 0; raises KeyError for an unknown one."""
        return self._places[version]

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """Every release from *first* to *last*, both among them; raises KeyError for an unknown one."""
        return tuple(each.version for each in self.releases[self.place(first) : self.place(last) + 1])

    @property
    def newest(self) -> str:
        """The newest final release that was not taken back."""
        return [r.version for r in self.releases if r.is_final and not r.yanked][-1]

    def after(self, version: str) -> str | None:
        """The final release that follows *version*, or None when there is none."""
        later = (each for each in self.releases[self._places[version] + 1 :] if each.is_final)
        found = next(later, None)
        return found.version if found else None

    def known(self, text: str) -> str | None:
        """The release that *text* spells, as the index spells it: 0.27 is 0.27.0; None where there is none."""
        return text if text in self else next((r.version for r in self.releases if same_version(r.version, text)), None)


def end_of_day(moment: datetime) -> datetime:
    """The end of the day of *moment*, in UTC."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


@lru_cache(maxsize=4096)
def parse_version(text: str) -> Version:
    """Read a version; raises ValueError in words that fit a message to a user."""
    try:
        return Version(text)
    except InvalidVersion:
        raise ValueError(f"{text!r} is not a version; write a release such as 0.12.7") from None


def same_version(one: str, other: str) -> bool:
    """Whether two spellings are of one version: a package may call 0.12.0b1 by the name of 0.12.0.b1."""
    try:
        return parse_version(one) == parse_version(other)
    except ValueError:
        return one == other


def to_index(document: Mapping[str, Any]) -> Index:
    """Read the parsed file; raises KeyError, TypeError or ValueError where it is not one."""
    return Index(
        as_of=datetime.fromisoformat(document["as_of"]),
        releases=tuple(
            Release(row["version"], datetime.fromisoformat(row["uploaded"]), row["yanked"])
            for row in document["releases"]
        ),
    )


def load_index(path: Path) -> Index:
    """Read the committed releases.

    Raises:
        UserError: the file is missing or is not what `nox -s lock` writes.
    """
    try:
        return to_index(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UserError(f"{path}: {error!r}; restore it from git or write it with: nox -s lock") from error
