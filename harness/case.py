"""A case: one documented bug, as its `case.toml` and its programs state it.

The dataclasses are the schema. A field without a default is a required key, a key that is no field
is an error, and each class refuses a wrong value when it is built.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from harness.index import Index, Profile, parse_version
from harness.marks import Mark, read_marks


class Check(StrEnum):
    """One of a case's programs."""

    REPRO = "repro"
    TYPING = "typing"
    WORKAROUND = "workaround"


class Side(StrEnum):
    """Which releases of a case a cell runs on."""

    BROKEN = "broken"
    FIXED = "fixed"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of the upstream issue and of its fix."""

    issue: str
    fix: str

    def __post_init__(self) -> None:
        for address in (self.issue, self.fix):
            if urlsplit(address).scheme != "https":
                raise ValueError(f"{address!r} is no address; write one that starts with https://")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a published source says: the first fixed release. Never an input to a verdict."""

    source: str
    fixed: str

    def __post_init__(self) -> None:
        parse_version(self.fixed)


@dataclass(frozen=True, slots=True)
class Boundary:
    """Two neighbouring final releases under one profile.

    `untyped` names the sides whose release ships no type information, where nothing can be checked.
    """

    broken: str
    fixed: str
    profile: Profile
    untyped: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if parse_version(self.broken) >= parse_version(self.fixed):
            raise ValueError(f"broken {self.broken} is not older than fixed {self.fixed}; swap them")
        if unknown := set(self.untyped) - {Side.BROKEN, Side.FIXED}:
            raise ValueError(f'untyped names {sorted(unknown)}; it takes "broken" and "fixed"')

    def release(self, side: Side) -> str:
        return self.broken if side is Side.BROKEN else self.fixed


@dataclass(frozen=True, slots=True)
class Needs:
    """What the programs import besides the standard library and Starlette.

    `requires`: what Starlette's own feature needs; without it the case is not applicable.
    `optional`: what is tried where the environment has it.
    `drivers`: the programs' own tools, supplied beside an environment that lacks them.
    `python`: interpreters that the case's programs can run on.
    """

    requires: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    python: str = ""

    def __post_init__(self) -> None:
        for text in (*self.requires, *self.optional, *self.drivers):
            try:
                Requirement(text)
            except InvalidRequirement:
                raise ValueError(f'{text!r} is no requirement; write one such as "itsdangerous"') from None
        try:
            SpecifierSet(self.python)
        except InvalidSpecifier:
            raise ValueError(f'python = {self.python!r} is no specifier; write one such as "<3.13"') from None

    @property
    def names(self) -> frozenset[str]:
        """Every distribution that the bug may depend on, extras among them."""
        wanted = [Requirement(text) for text in (*self.requires, *self.optional)]
        return frozenset(canonicalize_name(name) for each in wanted for name in (each.name, *each.extras))

    @property
    def required_names(self) -> frozenset[str]:
        return frozenset(canonicalize_name(Requirement(text).name) for text in self.requires)


@dataclass(frozen=True, slots=True)
class Signature:
    """An exception that means something: its type, the file whose frame raised it, its message.

    `raised_in` is a suffix of the innermost frame's path, in whole components; `matches` is a
    regular expression searched in the message.
    """

    raises: str
    raised_in: str
    matches: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\w+(\.\w+)*", self.raises):
            raise ValueError(f'raises = {self.raises!r} is no exception; write one such as "AssertionError"')
        if not re.fullmatch(r"[\w.-]+(/[\w.-]+)*\.py", self.raised_in):
            raise ValueError(
                f"raised_in = {self.raised_in!r} is no relative path of a Python file; "
                'write one such as "starlette/requests.py"'
            )
        try:
            re.compile(self.matches)
        except re.error as error:
            raise ValueError(f"matches = {self.matches!r} is no regular expression: {error}") from None


@dataclass(frozen=True, slots=True)
class Mutant:
    """A small edit that puts the bug back into the newest release."""

    file: str
    find: str
    replace: str

    def __post_init__(self) -> None:
        if self.find == self.replace or not self.find:
            raise ValueError("find is empty or the same as replace; the edit must change something")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a `case.toml` states, key by key."""

    issue: int
    title: str
    links: Links
    boundaries: tuple[Boundary, ...]
    aliases: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    environment: Needs = field(default_factory=Needs)
    symptom: tuple[Signature, ...] = ()
    absent: tuple[Signature, ...] = ()
    mutant: tuple[Mutant, ...] = ()

    def __post_init__(self) -> None:
        if self.issue <= 0:
            raise ValueError(f"issue = {self.issue} is no issue number; write one such as 483")
        if not self.title.strip():
            raise ValueError("title is empty; write the symptom in a reader's words")
        if not self.boundaries:
            raise ValueError("boundaries is empty; write at least one [[boundaries]]")


@dataclass(frozen=True, slots=True)
class Case:
    """A case's facts together with its directory and the marks of its typing check."""

    name: str
    directory: Path
    facts: Facts
    marks: frozenset[Mark]

    def __post_init__(self) -> None:
        if not (self.name.isidentifier() and self.name.endswith(f"_{self.facts.issue}")):
            raise ValueError(
                f"the directory's name is no <topic>_{self.facts.issue}; "
                "write a Python identifier that ends in the issue's number"
            )
        if not (self.tells(Check.REPRO) or self.tells(Check.TYPING)):
            raise ValueError(
                "nothing tells the sides apart; write a [[symptom]] or mark a line of typing_check.py # E: <code>"
            )

    def tells(self, check: Check) -> bool:
        """Whether *check* is to tell the broken side from the fixed one; otherwise it is a control."""
        telling = {Check.REPRO: self.facts.symptom, Check.TYPING: self.marks}
        return bool(telling.get(check))

    def program(self, check: Check) -> Path:
        names = {Check.REPRO: "repro.py", Check.TYPING: "typing_check.py", Check.WORKAROUND: "workaround.py"}
        return self.directory / names[check]


def load_case(directory: Path, facts: Facts) -> Case:
    """Join *facts* with the programs beside them; raises ValueError where they do not fit together."""
    if missing := [name for name in ("repro.py", "typing_check.py", "README.md") if not (directory / name).is_file()]:
        raise ValueError(f"the directory has no {', '.join(missing)}; every case ships them")
    return Case(directory.name, directory, facts, read_marks(directory / "typing_check.py"))


def misplaced(boundary: Boundary, index: Index) -> str | None:
    """What is wrong with where *boundary* lies on the index, or None."""
    unknown = [v for v in (boundary.broken, boundary.fixed) if v not in index.finals]
    if unknown:
        return f"{' and '.join(unknown)} is no final release on the index; see evidence/releases.json"
    if (neighbour := index.after(boundary.broken)) != boundary.fixed:
        return f"{boundary.broken} and {boundary.fixed} are no neighbours; {neighbour} follows {boundary.broken}"
    return None
