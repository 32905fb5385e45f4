"""Pins: what exactly is installed, and the two places that they come from, which a builder does not tell apart."""

from typing import Protocol

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from harness.environments.model import Environment, Unavailable
from harness.environments.target import Target, Wanted

# One distribution to a line, as pip reads it: name==version, a marker, and hashes where they are known.
Pins = tuple[str, ...]


class PinSource(Protocol):
    """Says what an environment is to hold.

    `hashed` is whether every line names the hashes of what may be installed.
    """

    hashed: bool

    def base(self, target: Target, python: str) -> Pins | Unavailable:
        """Starlette and what it declares, for the CPython version *python*."""

    def beside(self, target: Target, base: Environment, wanted: Wanted) -> Pins | Unavailable:
        """What is *wanted* over *base*, without anything that the base has."""


def pinned(line: str) -> tuple[str, str]:
    """Name and version of a pin's line."""
    requirement = Requirement(line.partition(" --hash")[0])
    return canonicalize_name(requirement.name), str(requirement.specifier).removeprefix("==")


def applies(line: str, python: str) -> bool:
    """Whether the marker of a pin's line, if it has one, admits the CPython version *python*."""
    marker = Requirement(line.partition(" --hash")[0]).marker
    minor = ".".join(python.split(".")[:2])
    return marker is None or marker.evaluate({"python_full_version": python, "python_version": minor})
