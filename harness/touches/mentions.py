"""What a scan finds: where a file mentions a name, in which way, and what hides names from it."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

# Begins a mention of something whose kind syntax does not tell: "?.form" is the attribute `form` of anything.
UNKNOWN = "?"


class Form(Enum):
    """In which way a name is mentioned: in passing, called, or handed on to what may call it."""

    PASSING = "passing"
    CALLED = "called"
    HANDED_ON = "handed on"


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call states: names, how many by their place, and whether there are more that only a run knows."""

    keywords: frozenset[str] = frozenset()
    places: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file, counted from 1."""

    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A dotted name of Starlette's or of FastAPI's, where it stands, and with which arguments it is called.

    An import comes after whatever else is said of its name: what is done with it tells more.
    """

    name: str
    place: Place
    form: Form
    arguments: Arguments = Arguments()
    imported: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """What hides uses of the names below `prefix`, of all names where it is empty, and where it stands."""

    prefix: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Scan:
    """Everything that the files of a project say of Starlette."""

    mentions: tuple[Mention, ...]
    doubts: tuple[Doubt, ...]
