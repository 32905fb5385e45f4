"""The committed locks: what each environment of the default matrix holds, and the hashes of every distribution in it.

`environments.json` has a line for each environment, `hashes.txt` one for each distribution, whatever number of
environments it is in. Writing them is `harness.pinning`; what installs only reads.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.pins import Pins, applies, pinned
from harness.environments.target import Target, Wanted
from harness.releases.profiles import Cutoff
from harness.support.errors import UserError

BUILD_LOCK = "build.txt"
TOOLS_LOCK = "tools.txt"
ENVIRONMENTS = "environments.json"
HASHES = "hashes.txt"
_Parsed = TypeVar("_Parsed")


@dataclass(frozen=True, slots=True)
class Locks:
    """What the locks say: pins by environment, hashes by `name==version`; `as_of` is the day of the index then."""

    as_of: datetime
    environments: Mapping[str, Pins] = field(default_factory=dict)
    hashes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class LockedPins:
    """The committed locks as a source of pins, for the index of the moment *as_of*."""

    hashed = True

    def __init__(self, locks: Locks, as_of: datetime) -> None:
        self.locks = locks
        self.as_of = as_of

    def base(self, target: Target, python: str) -> Pins | Unavailable:
        """What the locks have for Starlette and what it declares."""
        return self._pins(target, target.name, python)

    def beside(self, target: Target, base: Environment, wanted: Wanted) -> Pins | Unavailable:
        """What the locks have for a layer, or for drivers."""
        pins = self._pins(target, beside_name(target, wanted), base.python)
        if isinstance(pins, Unavailable):
            return pins
        return tuple(line for line in pins if pinned(line)[0] not in base.names)

    def _pins(self, target: Target, name: str, python: str) -> Pins | Unavailable:
        pins = self.locks.environments.get(name)
        stale = target.profile.cutoff is Cutoff.INDEX and self.locks.as_of != self.as_of
        if pins is None or stale:
            why = f"evidence/locks has no environment {name!r}" + (" of the index's day" if stale else "")
            return Unavailable(Obstacle.NO_LOCK, f"{why}; write it with: nox -s lock")
        return tuple(self._hashed(line) for line in pins if applies(line, python))

    def _hashed(self, line: str) -> str:
        name, version = pinned(line)
        return " ".join([line, *(f"--hash={each}" for each in self.locks.hashes.get(f"{name}=={version}", ()))])


def beside_name(target: Target, wanted: Wanted) -> str:
    """The name of what is wanted over a target's base, in the locks."""
    return f"{target.name} + {wanted}"


def read_locks(folder: Path) -> Locks:
    """Read both files.

    Raises:
        UserError: one is not there, or not what `nox -s lock` writes.
    """
    as_of, environments = _read(folder / ENVIRONMENTS, _environments)
    return Locks(as_of, environments, _read(folder / HASHES, _hashes))


def _read(path: Path, parse: Callable[[str], _Parsed]) -> _Parsed:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path}: {error!r}; restore it from git or write the locks with: nox -s lock") from None


def _environments(text: str) -> tuple[datetime, dict[str, Pins]]:
    document = json.loads(text)
    pins = {name: tuple(map(str, lines)) for name, lines in document["environments"].items()}
    return datetime.fromisoformat(document["as_of"]), pins


def _hashes(text: str) -> dict[str, tuple[str, ...]]:
    parts = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {name: tuple(each.removeprefix("--hash=") for each in rest) for name, *rest in parts}


def locked_names(lock: Path) -> tuple[str, ...]:
    """What *lock*, a file of requirements with hashes, pins, without the versions."""
    return tuple(re.findall(r"^([a-z0-9-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE))
