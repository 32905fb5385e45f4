"""A case: one documented bug, as its `case.toml` and its programs state it.

The dataclasses are the schema. A field without a default is a required key, a key that is no field
is an error, and each class refuses a wrong value when it is built.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from harness.catalogue.marks import Mark
from harness.catalogue.values import (
    Address,
    Checked,
    ExceptionName,
    InstalledFile,
    IssueNumber,
    Passage,
    Pattern,
    Problem,
    PythonFile,
    Requirements,
    SideName,
    Specifier,
    Title,
    Version,
)
from harness.releases.index import Index, Profile, parse_version


class Check(StrEnum):
    """One of a case's programs; `mutant` is one that tells, run where the bug was put back."""

    REPRO = "repro"
    TYPING = "typing"
    WORKAROUND = "workaround"
    MUTANT = "mutant"


class Side(StrEnum):
    """Which releases of a case a cell runs on."""

    BROKEN = "broken"
    FIXED = "fixed"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Links(Checked):
    """Addresses of the upstream issue and of its fix."""

    issue: Address
    fix: Address


@dataclass(frozen=True, slots=True)
class Claim(Checked):
    """What a published source says: the first fixed release. Never an input to a verdict."""

    source: str
    fixed: Version


@dataclass(frozen=True, slots=True)
class Boundary(Checked):
    """Two neighbouring final releases under one profile.

    `untyped` names the sides whose release ships no type information, where nothing can be checked.
    """

    broken: Version
    fixed: Version
    profile: Profile
    untyped: tuple[SideName, ...] = ()

    @staticmethod
    def conflicts(values: Mapping[str, Any], /) -> Iterator[Problem]:
        match values:
            case {"broken": broken, "fixed": fixed} if parse_version(broken) == parse_version(fixed):
                yield "fixed", f"{fixed} is the broken release itself; write the release that follows it"
            case {"broken": broken, "fixed": fixed} if parse_version(broken) > parse_version(fixed):
                yield "", f"broken {broken} is not older than fixed {fixed}; swap them"

    def release(self, side: Side) -> str:
        return self.broken if side is Side.BROKEN else self.fixed


@dataclass(frozen=True, slots=True)
class Needs(Checked):
    """What the programs import besides the standard library and Starlette.

    `requires`: what Starlette's own feature needs; without it the case is not applicable.
    `optional`: what is tried where the environment has it.
    `drivers`: the programs' own tools, supplied beside an environment that lacks them.
    `python`: interpreters that the case's programs can run on.
    """

    requires: Requirements = ()
    optional: Requirements = ()
    drivers: Requirements = ()
    python: Specifier = ""

    @property
    def names(self) -> frozenset[str]:
        """Every distribution that the bug may depend on, extras among them."""
        wanted = [Requirement(text) for text in (*self.requires, *self.optional)]
        return frozenset(canonicalize_name(name) for each in wanted for name in (each.name, *each.extras))

    @property
    def required_names(self) -> frozenset[str]:
        return frozenset(canonicalize_name(Requirement(text).name) for text in self.requires)


@dataclass(frozen=True, slots=True)
class Signature(Checked):
    """An exception that means something: its type, the file whose frame raised it, its message.

    `raised_in` is a suffix of the innermost frame's path, in whole components; `matches` is a
    regular expression searched in the message.
    """

    raises: ExceptionName
    raised_in: PythonFile
    matches: Pattern = ""


@dataclass(frozen=True, slots=True)
class Mutant(Checked):
    """A small edit that puts the bug back into the newest release.

    `file` lies below site-packages and may be a glob; what it matches, and where `find` is in it,
    must be exactly one.
    """

    file: InstalledFile
    find: Passage
    replace: str

    @staticmethod
    def conflicts(values: Mapping[str, Any], /) -> Iterator[Problem]:
        match values:
            case {"find": find, "replace": replace} if find == replace:
                yield "find", "it is the same as replace; the edit must change something"


def _at_least_one(boundaries: tuple[Boundary, ...]) -> None:
    if not boundaries:
        raise ValueError("there is none; write at least one [[boundaries]]")


@dataclass(frozen=True, slots=True)
class Facts(Checked):
    """What a `case.toml` states, key by key."""

    issue: IssueNumber
    title: Title
    links: Links
    boundaries: Annotated[tuple[Boundary, ...], _at_least_one]
    aliases: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    environment: Needs = field(default_factory=Needs)
    symptom: tuple[Signature, ...] = ()
    absent: tuple[Signature, ...] = ()
    mutant: tuple[Mutant, ...] = ()


@dataclass(frozen=True, slots=True)
class Case(Checked):
    """A case's facts together with its directory and the marks of its typing check."""

    name: str
    directory: Path
    facts: Facts
    marks: frozenset[Mark]

    @staticmethod
    def conflicts(values: Mapping[str, Any], /) -> Iterator[Problem]:
        yield from misnamed(values["name"], values["facts"].issue)
        yield from untold(bool(values["facts"].symptom), values["marks"])

    def tells(self, check: Check) -> bool:
        """Whether *check* is to tell the broken side from the fixed one; otherwise it is a control."""
        telling = {Check.REPRO: self.facts.symptom, Check.TYPING: self.marks}
        return bool(telling.get(check))

    def program(self, check: Check) -> Path:
        names = {Check.REPRO: "repro.py", Check.TYPING: "typing_check.py", Check.WORKAROUND: "workaround.py"}
        return self.directory / names[check]


def misnamed(name: str, issue: int) -> Iterator[Problem]:
    """What is wrong with the *name* of a case's directory."""
    if not name.isidentifier() or name.startswith("_") or not name.endswith(f"_{issue}"):
        right = "write a Python identifier that starts with the topic and ends in the issue's number"
        yield "", f"the directory's name is no <topic>_{issue}; {right}"


def untold(symptom: bool, marks: Collection[Mark]) -> Iterator[Problem]:
    """What is wrong where no program is to tell the broken side from the fixed one."""
    if not (symptom or marks):
        right = "write a [[symptom]] or mark a line of typing_check.py # E: <code>"
        yield "symptom", f"nothing tells the sides apart; {right}"


def unproven(boundary: Boundary, symptom: bool, marks: Collection[Mark]) -> Iterator[Problem]:
    """What is wrong where a marked typing check cannot be run on both sides of *boundary*."""
    if boundary.untyped and marks:
        telling = "tells the sides apart too" if symptom else "is all that tells the sides apart"
        right = "write a boundary whose sides both ship types, or remove the marks"
        yield "untyped", f"the typing check {telling}, and it cannot be run on a side without types; {right}"


def misplaced(boundary: Boundary, index: Index) -> Iterator[Problem]:
    """What is wrong with where *boundary* lies on the index."""
    sides = {"broken": boundary.broken, "fixed": boundary.fixed}
    unknown = {key: version for key, version in sides.items() if version not in index.finals}
    for key, version in unknown.items():
        yield key, f"{version} is no final release on the index; write one of evidence/releases.json"
    if not unknown and (neighbour := index.after(boundary.broken)) != boundary.fixed:
        yield "fixed", f"{boundary.fixed} is no neighbour of {boundary.broken}; {neighbour} follows {boundary.broken}"
