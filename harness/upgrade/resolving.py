"""Asks the resolver: which distributions a side needs, what one change brings, and who refuses it. Installs nothing."""

import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from harness.catalogue.case import Case
from harness.environments.uv import said, uv
from harness.upgrade.comparison import Conflict
from harness.upgrade.pins import Pin, Pins, ordered

# What some releases of Starlette depend on, and some use without saying so: it stays where it is pinned.
DEPENDENCIES = ("anyio", "typing-extensions")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing could be resolved, in the resolver's words, in one line."""

    reason: str


Resolved = tuple[Pin, ...] | Refusal


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves for one interpreter what *cases* need; only the configured index is asked, unless *trusted*."""

    interpreter: Path
    cases: Sequence[Case]
    trusted: bool = False

    @property
    def names(self) -> frozenset[str]:
        """What may matter to a case beside Starlette and what that depends on, by name."""
        return frozenset({name for case in self.cases for name in case.environment.names})

    @property
    def _required(self) -> frozenset[str]:
        return frozenset({name for case in self.cases for name in case.environment.required_names})

    def as_pinned(self, pins: Pins) -> Resolved:
        """Starlette and what else matters to a case, with all that they need, as *pins* has them."""
        found = self._pinned(self.names, pins)
        # What is optional is left out where nothing fits, unless it is pinned.
        return self._pinned(self._required, pins) if isinstance(found, Refusal) and not pins.complete else found

    def changed(self, pins: Pins, kept: Resolved, release: str) -> Resolved:
        """Starlette *release* with what is *kept* beside it, at its version unless it has to change.

        Where that could not be resolved, it is what *pins* has of what may matter.
        """
        if isinstance(kept, Refusal):
            kept = tuple(pin for pin in pins.pins if pin.name in self.names | set(DEPENDENCIES))
        beside = [pin for pin in kept if pin.name != "starlette"]
        roots = {pin.name: self._reference(pin) if pin.origin else pin.name for pin in beside}
        if not pins.complete:
            roots |= {name: roots.get(name, name) for name in self._required}
        return self._compile([f"starlette=={release}", *roots.values()], pins, preferences=map(str, beside))

    def conflicts(self, pins: Pins, moving: Resolved, release: str) -> tuple[Conflict, ...]:
        """Whatever else is pinned and does not allow Starlette *release*, while it allows the one of now.

        *moving* are the distributions that are resolved again, and so may change.
        """
        free = {"starlette", *DEPENDENCIES, *(() if isinstance(moving, Refusal) else (pin.name for pin in moving))}
        fixed = {pin.name: pin for pin in pins.pins if pin.name not in free}
        found: list[Conflict] = []
        while isinstance(refusal := self._together(release, fixed.values(), pins), Refusal):
            named = [name for name in _names_in(refusal.reason) if name in fixed]
            if not named:
                break
            for pin in [fixed.pop(name) for name in named]:
                against = self._together(release, [pin], pins)
                if isinstance(against, Refusal) and not isinstance(
                    self._together(pins.starlette.version, [pin], pins), Refusal
                ):
                    found.append(Conflict(pin.name, pin.version, _first(against.reason), pin.line))
        return tuple(sorted(found, key=lambda conflict: conflict.name))

    def _together(self, release: str, others: Iterable[Pin], pins: Pins) -> Resolved:
        return self._compile([f"starlette=={release}", *map(self._reference, others)], pins)

    def _pinned(self, wanted: Iterable[str], pins: Pins) -> Resolved:
        """Resolve Starlette and what is *wanted*: all of it where *pins* leaves open what is there."""
        blind = sorted({"starlette", *DEPENDENCIES, *wanted} & set(pins.unversioned))
        if blind:
            return Refusal(_unknown(blind[0], pins))
        present = {name for name in wanted if name in pins or not pins.complete}
        present |= {name for name in DEPENDENCIES if name in pins}
        names = ["starlette", *sorted(present)]
        roots = [self._reference(pin) if (pin := pins.get(name)) else name for name in names]
        return self._compile(roots, pins, constraints=map(self._reference, pins.pins))

    def _reference(self, pin: Pin) -> str:
        return f"{pin.name} @ {pin.origin}" if pin.origin and self.trusted else str(pin)

    def _compile(
        self,
        requirements: Iterable[str],
        pins: Pins,
        constraints: Iterable[str] = (),
        preferences: Iterable[str] = (),
    ) -> Resolved:
        with tempfile.TemporaryDirectory() as folder:
            wanted, bounds, preferred = (Path(folder) / name for name in ("wanted.in", "bounds.txt", "preferred.txt"))
            for path, lines in ((wanted, requirements), (bounds, constraints), (preferred, preferences)):
                path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            indexes: list[str | Path] = [
                part for address in pins.indexes if self.trusted for part in ("--index", address)
            ]
            # Versions that the output file has already are kept where they fit.
            finished = uv(
                *("pip", "compile", "--quiet", "--no-header", "--no-annotate", "--python", self.interpreter),
                *(*indexes, "--constraints", bounds, "--output-file", preferred, wanted),
            )
            if finished.code != 0:
                return Refusal(re.sub(r"^error: .*? cause: ", "", said(finished)))
            found = tuple(_known(pin, pins) for pin in _read(preferred.read_text(encoding="utf-8")))
        refused = [_unused(pin) for pin in found if pin.origin and not self.trusted]
        refused += [_unknown(pin.name, pins) for pin in found if pin.name in pins.unversioned]
        return Refusal(refused[0]) if refused else found


def _read(compiled: str) -> tuple[Pin, ...]:
    lines = [line for line in compiled.splitlines() if line and not line.startswith(("#", " "))]
    return ordered(_pin(Requirement(line)) for line in lines)


def _pin(requirement: Requirement) -> Pin:
    name = canonicalize_name(requirement.name)
    if requirement.url:
        return Pin(name, "0", origin=requirement.url)
    return Pin(name, str(requirement.specifier).removeprefix("=="))


def _known(pin: Pin, pins: Pins) -> Pin:
    """What *pins* says of the same distribution, where it is the same."""
    known = pins.get(pin.name)
    return known if known and (pin.origin or known.version == pin.version) else pin


def _unknown(name: str, pins: Pins) -> str:
    return f"{pins.source} does not say which version of {name} it takes; what would be run is not known"


def _unused(pin: Pin) -> str:
    return f"{pin.name} comes from {pin.origin} and from no index; --trust-lock-sources lets it be fetched"


def _names_in(reason: str) -> tuple[str, ...]:
    """Every word that may be a distribution's name."""
    words = re.findall(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?", reason)
    return tuple(dict.fromkeys(canonicalize_name(word) for word in words))


def _first(reason: str) -> str:
    """The sentence that names the bound, without what follows from it."""
    return reason.partition(", we can conclude")[0]
