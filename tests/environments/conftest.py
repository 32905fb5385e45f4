"""A yard: wheels, locks that pin them, and what builds there."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.environments.builder import Builder
from harness.environments.installation import Installer
from harness.environments.locks import LockedPins, read_locks
from harness.environments.model import Environment, Unavailable
from harness.environments.resolution import Resolver
from harness.environments.target import Target
from harness.pinning.locks import Resolved, texts
from tests.support.environments import NO_INDEX, SOME_INDEX, site_packages
from tests.support.factories import target
from tests.support.miniatures import MINIATURES, pin, write_starlette

AS_OF = datetime(2026, 11, 21, tzinfo=UTC)
# Variables for uv where nobody answers: none listens at the index's address, or it is not to be asked.
UNANSWERED = {
    "unreachable": {**SOME_INDEX, "UV_DEFAULT_INDEX": "http://127.0.0.1:9/", "UV_HTTP_RETRIES": "0"},
    "offline": {**SOME_INDEX, "UV_OFFLINE": "1"},
}


@dataclass(frozen=True, slots=True)
class Yard:
    """A folder with wheels, locks that pin some of them, and a cache. Whatever is pinned is committed at once."""

    folder: Path
    pinned: Resolved = field(default_factory=Resolved)

    @property
    def wheels(self) -> Path:
        return self.folder / "wheels"

    @property
    def locks(self) -> Path:
        return self.folder / "locks"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def installer(self) -> Installer:
        return Installer(self.locks, self.cache)

    def lock(self, name: str, *wheels: Path) -> None:
        """Pin *wheels* for an environment, under the name that the locks have for it."""
        self.pinned.add(name, tuple(pin(wheel).strip() for wheel in wheels))
        for file, text in texts(self.pinned, AS_OF).items():
            (self.locks / file).write_text(text, encoding="utf-8")

    def locked(self, as_of: datetime = AS_OF) -> Builder:
        """Builds what is pinned, for an index of that day."""
        return Builder(LockedPins(read_locks(self.locks), as_of), self.installer)

    def resolved(self) -> Builder:
        """Builds what the wheels here resolve to."""
        return Builder(Resolver(self.locks, AS_OF, self.cache), self.installer)

    def build(self, wanted: Target | None = None) -> Environment | Unavailable:
        return self.locked().base(wanted or target("1.0"))


@pytest.fixture
def yard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Yard:
    """Wheels of a release 1.0, which has a bug, and of 1.1, which has not, both pinned under `period`."""
    yard = Yard(tmp_path / "a yard")
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    for name, value in {
        **NO_INDEX,
        "UV_FIND_LINKS": yard.wheels,
        "UV_CACHE_DIR": yard.folder / "uv",
    }.items():
        monkeypatch.setenv(name, str(value))
    yard.locks.mkdir(parents=True)
    (yard.locks / "build.txt").touch()
    for release, miniature in {"1.0": "has_bug", "1.1": "fixed"}.items():
        yard.lock(target(release).name, write_starlette(yard.wheels, miniature, release))
    return yard


def built(found: Environment | Unavailable) -> Environment:
    """The environment that was built."""
    assert isinstance(found, Environment), found
    return found


def refused(found: object) -> Unavailable:
    """Why there is none."""
    assert isinstance(found, Unavailable), found
    return found


def assert_right(found: Environment | Unavailable, release: str = "1.0", miniature: str = "has_bug") -> None:
    """Every file of the release is there, and nothing but the release is."""
    environment = built(found)
    assert (environment.release, environment.freeze, environment.typed) == (release, (f"starlette=={release}",), True)
    package = site_packages(environment.interpreter) / "starlette"
    assert environment.starlette_file == str(package / "__init__.py")
    for name, text in MINIATURES[miniature].items():
        assert (package / name).read_text(encoding="utf-8") == text


def folders(place: Path) -> list[Path]:
    return [path for path in place.glob("*") if path.is_dir()]
