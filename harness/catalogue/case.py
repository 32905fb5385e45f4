"""A case: one documented bug, as its `case.toml` and its programs state it.

The models are the schema, and pydantic checks them: an unknown key, a missing one and a wrong value are errors, and
none of them can be built with a wrong value. What must hold between keys, and outside of the file, is in `rules`.
"""

from enum import StrEnum
from pathlib import Path
from typing import Self

from packaging.requirements import Requirement as ParsedRequirement
from packaging.utils import canonicalize_name
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr, model_validator

from harness.catalogue.marks import Mark
from harness.catalogue.values import (
    Alias,
    ArgumentName,
    ClaimedVersion,
    Day,
    ExceptionName,
    Fix,
    InstalledFile,
    Number,
    Passage,
    Place,
    ProfileName,
    PythonFile,
    SideName,
    StarlettesName,
    Version,
)
from harness.releases.index import parse_version
from harness.support.toml import Address, Pattern, Requirement, Sentence, Specifier


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


class Area(StrEnum):
    """The part of Starlette that a bug lies in: a closed list."""

    ROUTING = "routing"
    REQUESTS = "requests"
    RESPONSES = "responses"
    FORMS = "forms"
    STATICFILES = "staticfiles"
    TEMPLATES = "templates"
    MIDDLEWARE = "middleware"
    EXCEPTIONS = "exceptions"
    CORS = "cors"
    GZIP = "gzip"
    SESSIONS = "sessions"
    WEBSOCKETS = "websockets"
    BACKGROUND = "background"
    TESTCLIENT = "testclient"
    CONFIG = "config"
    SCHEMAS = "schemas"
    DATASTRUCTURES = "datastructures"
    CONCURRENCY = "concurrency"
    PACKAGING = "packaging"
    TYPES = "types"
    DOCUMENTATION = "documentation"


class Kind(StrEnum):
    """What a case is about: a bug, a hole, or a deliberate change that breaks users."""

    BUG = "bug"
    SECURITY = "security"
    BEHAVIOUR = "behaviour"

    @property
    def rank(self) -> int:
        """Where it stands in a list: 0 is the gravest."""
        return (Kind.SECURITY, Kind.BUG, Kind.BEHAVIOUR).index(self)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class References(_Model):
    """Where the bug is known: an issue, a fix (a pull request's number or a commit's hash), an advisory's address."""

    issue: Number | None = Field(default=None, description="the issue's number, e.g. 483")
    fix: Fix | None = Field(default=None, description="the pull request's number, or the commit's hash in quotes")
    advisory: Address | None = Field(default=None, description="the advisory's address")


class Claim(_Model):
    """What a published source says. Never an input to a verdict.

    `introduced` is the first affected release and `fixed` the first that is not, as the source has them.
    """

    source: Sentence = Field(description="who says so, and when")
    introduced: ClaimedVersion | None = Field(default=None, description='a release such as "0.12.7"')
    fixed: ClaimedVersion | None = Field(default=None, description='a release such as "0.12.7"')

    @model_validator(mode="after")
    def _check_something_is_claimed(self) -> Self:
        if self.introduced is None and self.fixed is None:
            raise ValueError("it claims nothing; write introduced, fixed or both")
        if self.introduced and self.fixed and parse_version(self.introduced) >= parse_version(self.fixed):
            raise ValueError(f"introduced {self.introduced} is not older than fixed {self.fixed}; swap them")
        return self


class Boundary(_Model):
    """Two neighbouring final releases under one profile.

    `untyped` names the sides whose release ships no type information, where nothing can be checked.
    """

    broken: Version = Field(description='the last affected release, e.g. "0.12.7"')
    fixed: Version = Field(description='the release that follows it, e.g. "0.12.8"')
    profile: ProfileName = Field(description="a profile of cases/profiles.toml")
    untyped: tuple[SideName, ...] = Field(default=(), description='a list, e.g. ["broken"]')

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        broken, fixed = parse_version(self.broken), parse_version(self.fixed)
        if broken == fixed:
            raise ValueError(f"fixed {self.fixed} is the broken release itself; write the release that follows it")
        if broken > fixed:
            raise ValueError(f"broken {self.broken} is not older than fixed {self.fixed}; swap them")
        return self

    def release(self, side: Side) -> str:
        return self.broken if side is Side.BROKEN else self.fixed


class Open(_Model):
    """A profile under which the bug is not fixed yet: the newest release is expected to be affected."""

    profile: ProfileName = Field(description="a profile of cases/profiles.toml")


class Retired(_Model):
    """Since when a case is kept and shown but not run, and why."""

    on: Day = Field(description="a date without quotes, e.g. 2026-11-25")
    reason: Sentence = Field(description="why it is not run any more")


class Needs(_Model):
    """What the programs import besides the standard library and Starlette.

    `requires`: what Starlette's own feature needs; without it the case is not applicable.
    `optional`: what is tried where it fits, one by one.
    `drivers`: the programs' own tools, of the profile's day, supplied beside an environment and never shadowing it.
    `python`: interpreters on which the bug can be seen, as a version specifier.
    `testclient`: whether this is a bug of TestClient, so that the programs may use it.
    """

    requires: tuple[Requirement, ...] = Field(default=(), description='a list of requirements, e.g. ["itsdangerous"]')
    optional: tuple[Requirement, ...] = Field(default=(), description='a list of requirements, e.g. ["anyio[trio]"]')
    drivers: tuple[Requirement, ...] = Field(default=(), description='a list of requirements, e.g. ["asgiref"]')
    python: Specifier = Field(default="", description='a version specifier, e.g. "<3.13"')
    testclient: StrictBool = Field(default=False, description="true or false")

    @property
    def names(self) -> frozenset[str]:
        """Every distribution that the bug may depend on. An extra's name is not a distribution's."""
        return frozenset(distribution_of(text) for text in (*self.requires, *self.optional))

    @property
    def required_names(self) -> frozenset[str]:
        return frozenset(distribution_of(text) for text in self.requires)


def distribution_of(requirement: str) -> str:
    """The normalized name of what a *requirement* asks for."""
    return canonicalize_name(ParsedRequirement(requirement).name)


class Signature(_Model):
    """An exception that means something: its type, the file whose frame raised it, its message.

    `raised_in` is a suffix of the innermost frame's path, in whole components; `matches` is a
    regular expression searched in the message; `profile` restricts it to one, where it is not empty.
    """

    raises: ExceptionName = Field(description='an exception, e.g. "AssertionError"')
    raised_in: PythonFile = Field(description='the end of a path, e.g. "starlette/requests.py"')
    matches: Pattern = Field(default="", description="a regular expression")
    profile: ProfileName = Field(default="", description="a profile of cases/profiles.toml")


class Mutant(_Model):
    """A small edit that puts the bug back into the newest release.

    `file` lies below site-packages and may be a glob; what it matches, and where `find` is in it,
    must be exactly one.
    """

    file: InstalledFile = Field(description='a path below site-packages, e.g. "starlette/requests.py"')
    find: Passage = Field(description="text that the file has exactly once")
    replace: StrictStr = Field(description="what stands there instead")


class Touches(_Model):
    """Something of Starlette's that code has to use for the bug to be reachable: a name, or a call with an argument.

    `name` is a module, a class, a function or an attribute of a class, as Starlette calls it; what derives from a class
    and other names for it, such as FastAPI's, are known. `keyword` is the argument that a call has to state, `place`
    where it stands without its name, counted from 0; alone, it is whatever stands there. `beside` are names that have
    to be used as well.
    """

    name: StarlettesName = Field(description='a name such as "starlette.requests.Request.form"')
    keyword: ArgumentName | None = Field(default=None, description='an argument\'s name such as "https_only"')
    place: Place | None = Field(
        default=None, description="the argument's place among those without a name, counted from 0"
    )
    beside: tuple[StarlettesName, ...] = Field(default=(), description="a list of names, like name")

    @property
    def is_call(self) -> bool:
        """Whether only a call with a certain argument is meant."""
        return self.keyword is not None or self.place is not None


class Facts(_Model):
    """What a `case.toml` states, key by key.

    `gone` is the first release that has no such feature any more. `also_seen_by` are cases whose programs see this
    case's mutant too, for their bugs live in the same lines. Any one of `touches` makes the bug reachable.
    """

    title: Sentence = Field(description="the symptom in a reader's words")
    area: Area = Field(description=f"one of {', '.join(Area)}")
    kind: Kind = Field(description=f"one of {', '.join(Kind)}")
    references: References = Field(description="a table with issue, fix or advisory")
    aliases: tuple[Alias, ...] = Field(default=(), description='a list, e.g. ["CVE-2025-62727"]')
    claims: tuple[Claim, ...] = Field(default=(), description="one or more tables [[claims]]")
    boundaries: tuple[Boundary, ...] = Field(default=(), description="one or more tables [[boundaries]]")
    open: tuple[Open, ...] = Field(default=(), description="one or more tables [[open]]")
    gone: Version | None = Field(default=None, description='a release, e.g. "1.0.0rc1"')
    retired: Retired | None = Field(default=None, description="a table with on and reason")
    environment: Needs = Field(default=Needs(), description="a table with requires, optional, drivers")
    symptom: tuple[Signature, ...] = Field(default=(), description="one or more tables [[symptom]]")
    absent: tuple[Signature, ...] = Field(default=(), description="one or more tables [[absent]]")
    mutant: tuple[Mutant, ...] = Field(default=(), description="one or more tables [[mutant]]")
    no_mutant: Sentence | None = Field(default=None, description="why there is no [[mutant]]")
    also_seen_by: tuple[StrictStr, ...] = Field(default=(), description="a list of the names of cases")
    touches: tuple[Touches, ...] = Field(default=(), description="one or more tables [[touches]]")
    no_touches: Sentence | None = Field(default=None, description="why no code tells whether it is touched")


_PROGRAMS = {Check.REPRO: "repro.py", Check.TYPING: "typing_check.py", Check.WORKAROUND: "workaround.py"}


class Case(Facts):
    """A case's facts together with its name, its directory and the marks of its typing check.

    The directory's name is the case's identity.
    """

    name: str
    directory: Path
    marks: frozenset[Mark]

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def label(self) -> str:
        """What people call it: an issue's number, a fix's or an advisory's identifier."""
        if self.references.issue:
            return f"#{self.references.issue}"
        if self.aliases:
            return self.aliases[0]
        fix = self.references.fix
        return f"#{fix}" if isinstance(fix, int) else f"{fix:.10}" if fix else self.name

    def discriminates(self, check: Check) -> bool:
        """Whether *check* is to tell the broken side from the fixed one; otherwise it is a control."""
        return bool({Check.REPRO: self.symptom, Check.TYPING: self.marks}.get(check))

    def program(self, check: Check) -> Path:
        """The file of a program; raises KeyError for `mutant`, which is a circumstance and no program."""
        return self.directory / _PROGRAMS[check]

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that it names beside the two that always exist, in the order in which it names them."""
        named = [each.profile for each in self.boundaries] + [each.profile for each in self.open]
        return tuple(dict.fromkeys(named))
