"""Builds environments: a base, which no case changes, and over it a thin layer of what a case needs.

A base environment is a virtual environment with Starlette and what it declares. What a case needs besides lies in a
folder of packages, one for all who need the same; a virtual environment that holds nothing but paths joins the two for
mypy, and the probe appends the folder for a program. So a new case changes no environment that is there already.
"""

from dataclasses import replace
from pathlib import Path

from packaging.specifiers import SpecifierSet

from harness.environments.installation import Installer
from harness.environments.interpreter import find_interpreter, version_of
from harness.environments.model import Environment, Layer, Obstacle, Unavailable
from harness.environments.pins import Pins, PinSource
from harness.environments.target import Target, Wanted
from harness.releases.index import same_version


class Builder:
    """Builds what *pins* says below the cache of *installer*."""

    def __init__(self, pins: PinSource, installer: Installer) -> None:
        self.pins = pins
        self.installer = installer

    @property
    def mypy_caches(self) -> Path:
        return self.installer.cache / "mypy"

    @property
    def bytecode(self) -> Path:
        return self.installer.cache / "bytecode"

    def base(self, target: Target) -> Environment | Unavailable:
        """Starlette and what it declares."""
        interpreter = interpreter_for(target.python)
        if isinstance(interpreter, Unavailable):
            return interpreter
        pins = self.pins.base(target, str(version_of(interpreter)))
        if isinstance(pins, Unavailable):
            return pins
        found = self.installer.environment(pins, interpreter, hashed=self.pins.hashed)
        if isinstance(found, Environment) and not same_version(found.release, target.release):
            said = f"what is pinned for Starlette {target.release} installs {found.release}"
            return Unavailable(Obstacle.WRONG_RELEASE, said)
        return found

    def layered(self, base: Environment, target: Target) -> Environment | Unavailable:
        """*base* with the layer of *target*; itself where that is nothing.

        What the feature needs and cannot be had at all is a missing package, as it was for everybody on that day.
        """
        if not target.layer:
            return base
        pins = self.pins.beside(target, base, target.layer)
        if isinstance(pins, Unavailable):
            obstacle = Obstacle.MISSING_PACKAGE if pins.obstacle is Obstacle.NOT_INSTALLABLE else pins.obstacle
            return replace(pins, obstacle=obstacle)
        packages = self._packages(pins, base)
        if isinstance(packages, Unavailable) or packages is None:
            return packages or base
        freeze = self.installer.freeze(packages)
        layer = Layer(packages, self.installer.joined(base, packages), freeze)
        return replace(base, layer=layer, freeze=tuple(sorted((*base.freeze, *freeze))))

    def with_drivers(self, environment: Environment, drivers: Path) -> Environment:
        """The same for mypy alone, which sees *drivers* too: TestClient's own base class is in one of them."""
        seen = [folder for folder in (environment.packages, drivers) if folder]
        layer = environment.layer or Layer(None, environment.interpreter)
        return replace(environment, layer=replace(layer, checker=self.installer.joined(environment, *seen)))

    def drivers(self, base: Environment, target: Target) -> Path | Unavailable | None:
        """A folder with the programs' own tools, None where there are none to be had.

        Each is tried by itself: a day may be older than the first release of one of them.
        """
        if not target.drivers:
            return None
        wanted = Wanted(optional=target.drivers.required)
        pins = self.pins.beside(target, base, wanted)
        return pins if isinstance(pins, Unavailable) else self._packages(pins, base)

    def _packages(self, pins: Pins, base: Environment) -> Path | Unavailable | None:
        """Where *pins* lie, installed; None where there are none."""
        return self.installer.packages(pins, base, hashed=self.pins.hashed) if pins else None


def interpreter_for(python: str) -> Path | Unavailable:
    """The interpreter that the specifier *python* admits: the one in use if it fits, else the newest that does."""
    found = find_interpreter(SpecifierSet(python))
    if found is None:
        return Unavailable(Obstacle.NO_INTERPRETER, f"needs CPython {python}, and none was found on this machine")
    return found
