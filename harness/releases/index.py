"""The releases of Starlette on the package index, as `evidence/releases.json` holds them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from harness.support.errors import UserError
from harness.support.paths import RELEASES


class Profile(StrEnum):
    """How a release's dependencies are chosen."""

    PERIOD = "period"
    TODAY = "today"


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
    """Every release known on the day `as_of`, oldest version first."""

    as_of: datetime
    releases: tuple[Release, ...]

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError(f"as_of = {self.as_of} has no time zone")
        if not any(release.is_final and not release.yanked for release in self.releases):
            raise ValueError("there is no final release that was not taken back")
        versions = [parse_version(release.version) for release in self.releases]
        if versions != sorted(set(versions)):
            raise ValueError("the releases are not in the order of their versions, each once")

    def __getitem__(self, version: str) -> Release:
        for release in self.releases:
            if release.version == version:
                return release
        raise KeyError(version)

    def __contains__(self, version: str) -> bool:
        return any(release.version == version for release in self.releases)

    @property
    def finals(self) -> tuple[str, ...]:
        """Final and post releases, oldest first. A yanked one is still on the index."""
        return tuple(release.version for release in self.releases if release.is_final)

    @property
    def newest(self) -> str:
        """The newest final release that was not taken back."""
        return [r.version for r in self.releases if r.is_final and not r.yanked][-1]

    def after(self, version: str) -> str | None:
        """The final release that follows *version*, or None when there is none."""
        later = [v for v in self.finals if parse_version(v) > parse_version(version)]
        return later[0] if later else None

    def cutoff(self, profile: Profile, version: str) -> datetime:
        """The moment up to which a distribution counts as uploaded: the end of that day, in UTC."""
        if profile is Profile.TODAY:
            return self.as_of
        return end_of_day(self[version].uploaded)


def end_of_day(moment: datetime) -> datetime:
    """The end of the day of *moment*, in UTC."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def parse_version(text: str) -> Version:
    """Read a version; raises ValueError in words that fit a message to a user."""
    try:
        return Version(text)
    except InvalidVersion:
        raise ValueError(f"{text!r} is not a version; write a release such as 0.12.7") from None


def same_version(one: str, other: str) -> bool:
    """Whether two spellings are of one version: a package may call 0.12.0b1 by the name of 0.12.0.b1."""
    try:
        return Version(one) == Version(other)
    except InvalidVersion:
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


@cache
def load_index(path: Path = RELEASES) -> Index:
    """Read the committed releases.

    Raises:
        UserError: the file is missing or is not what `nox -s lock` writes.
    """
    try:
        return to_index(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UserError(f"{path}: {error!r}; restore it from git or write it with: python -m harness lock") from error
