"""What every command starts from: the releases, the profiles, the catalogue, and what builds environments."""

from dataclasses import dataclass
from pathlib import Path

from harness.catalogue.case import Case
from harness.catalogue.loading import load_catalogue
from harness.environments.builder import Builder
from harness.environments.installation import Installer
from harness.environments.locks import LockedPins, read_locks
from harness.environments.resolution import Resolver
from harness.releases.index import Index, load_index
from harness.releases.profiles import Profiles, load_profiles
from harness.runs.plan import Releases
from harness.runs.store import Store
from harness.support.errors import UserError
from harness.support.files import refuse_unwritable_folder
from harness.support.paths import CACHE, CASES, LOCKS, RELEASES


@dataclass(frozen=True, slots=True)
class Workspace:
    """A checkout, read once and handed on."""

    index: Index
    profiles: Profiles
    cases: tuple[Case, ...]
    locks: Path = LOCKS
    cache: Path = CACHE

    @property
    def releases(self) -> Releases:
        return Releases(self.index, self.profiles)

    def resolver(self, *, universal: bool = False) -> Resolver:
        """What asks uv which distributions a target resolves to."""
        return Resolver(self.locks, self.index.as_of, self.cache, universal=universal)

    def builder(self) -> Builder:
        """Builds whatever is resolved as of a day."""
        return Builder(self.resolver(), self._installer())

    def locked_builder(self) -> Builder:
        """Builds what the committed locks pin, and nothing else."""
        pins = LockedPins(read_locks(self.locks), self.index.as_of)
        return Builder(pins, self._installer())

    def store(self) -> Store:
        """What was observed before."""
        return Store(self.cache / "observations.sqlite")

    def _installer(self) -> Installer:
        refuse_unwritable_folder("environments", self.cache)
        return Installer(self.locks, self.cache)


def open_workspace() -> Workspace:
    """Read the checkout that this file belongs to.

    Raises:
        UserError: a file of it is wrong; the message lists every problem. Or this Python reads file names as ASCII,
            and the checkout lies where that does not do.
    """
    if not _is_speakable(CACHE):
        raise UserError(f"{CACHE}: this Python reads file names as ASCII; unset PYTHONUTF8, or set a locale of UTF-8")
    index = load_index(RELEASES)
    profiles = load_profiles(CASES / "profiles.toml")
    return Workspace(index, profiles, load_catalogue(CASES, index, profiles))


def _is_speakable(path: Path) -> bool:
    """Whether other programs can be told of *path* in the encoding that all of them read."""
    try:
        return bool(str(path).encode())
    except UnicodeEncodeError:
        return False
