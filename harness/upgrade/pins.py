"""What a lock file, an environment or a requirement fixes: names and versions. Data only; nothing is resolved."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from harness.releases.index import parse_version

# What some releases of Starlette depend on, and some use without saying so: it stays where it is pinned.
DEPENDENCIES = ("anyio", "typing-extensions")
# The index of what conda installs, which is no index of Python distributions.
CONDA = "conda"


@dataclass(frozen=True, slots=True)
class Pin:
    """One distribution at one version.

    `hashes` are written `sha256:…`, none where the source states none. `line` is where a lock file
    pins it, counted from 1. `origin` is a direct reference (`git+https://…@commit`, `https://…`,
    a path) where the lock takes it from elsewhere than an index. `index` is the address of the index
    that the lock takes it from, empty where the lock does not say.
    """

    name: str
    version: str
    hashes: tuple[str, ...] = ()
    line: int | None = None
    origin: str | None = None
    index: str = ""

    def __post_init__(self) -> None:
        if canonicalize_name(self.name) != self.name:
            raise ValueError(f"{self.name!r} is not a normalized name")
        parse_version(self.version)

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"


@dataclass(frozen=True, slots=True)
class NotChecked:
    """What the search for conflicts left out: a distribution, or a file that is named by its address, and why.

    `version` is what is known of it, empty where that is nothing. `reason` is one line.
    """

    name: str
    version: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A name that a lock gives no single version; `refusal` is the error where it matters which one that is."""

    name: str
    version: str
    reason: str
    refusal: str

    @property
    def unchecked(self) -> NotChecked:
        return NotChecked(self.name, self.version, self.reason)


@dataclass(frozen=True, slots=True)
class Pins:
    """Everything that one source pins, by name.

    `source` is what the user wrote, `file` the lock file where it is one, `python` the interpreters
    that it says it is for (a specifier, several with ` || ` between them where any of them will do, empty
    where it says nothing), `indexes` the addresses of indexes that it names, which are used only where
    the user trusts them, `extra_indexes` those of them that any distribution may be from which does not
    say its own. `unversioned` are the names that it has from elsewhere than an index without saying
    which version, `unsettled` those of which it pins no single version. `unread` are the addresses of
    files that it includes, none of which is ever fetched. `complete` says whether what is not named is
    not there; a requirement leaves that open.
    """

    source: str
    pins: tuple[Pin, ...]
    file: Path | None = None
    python: str = ""
    indexes: tuple[str, ...] = ()
    unversioned: tuple[str, ...] = ()
    complete: bool = True
    extra_indexes: tuple[str, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    unread: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [pin.name for pin in self.pins]
        if names != sorted(set(names)):
            raise ValueError("the pins are not in the order of their names, each once")

    def get(self, name: str) -> Pin | None:
        """The pin of the distribution *name*, None where there is none."""
        return next((pin for pin in self.pins if pin.name == name), None)

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    @property
    def starlette(self) -> Pin:
        """The pin of Starlette; a source without one is refused when it is read."""
        found = self.get("starlette")
        if found is None:
            raise ValueError(f"{self.source} pins no Starlette")
        return found


def ordered(pins: Iterable[Pin]) -> tuple[Pin, ...]:
    """*pins* as `Pins` takes them."""
    return tuple(sorted(pins, key=lambda pin: pin.name))
