"""What a lock file, an environment or a requirement fixes: names and versions. Data only; nothing is resolved."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from harness.releases.index import parse_version


@dataclass(frozen=True, slots=True)
class Pin:
    """One distribution at one version.

    `hashes` are written `sha256:…`, none where the source states none. `line` is where a lock file
    pins it, counted from 1. `origin` is a direct reference (`git+https://…@commit`, `https://…`,
    a path) where the lock takes it from elsewhere than an index.
    """

    name: str
    version: str
    hashes: tuple[str, ...] = ()
    line: int | None = None
    origin: str | None = None

    def __post_init__(self) -> None:
        if canonicalize_name(self.name) != self.name:
            raise ValueError(f"{self.name!r} is not a normalized name")
        parse_version(self.version)

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"


@dataclass(frozen=True, slots=True)
class Pins:
    """Everything that one source pins, by name.

    `source` is what the user wrote, `file` the lock file where it is one, `python` the interpreters
    that it says it is for (a specifier, empty where it says nothing), `indexes` the addresses of
    indexes that it names, which are used only where the user trusts them. `unversioned` are the names
    that it has from elsewhere than an index without saying which version. `complete` says whether
    what is not named is not there; a requirement leaves that open.
    """

    source: str
    pins: tuple[Pin, ...]
    file: Path | None = None
    python: str = ""
    indexes: tuple[str, ...] = ()
    unversioned: tuple[str, ...] = ()
    complete: bool = True

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
