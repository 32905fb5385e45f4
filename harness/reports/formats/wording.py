"""What every format says of a case and of a row, in words."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from harness.catalogue.case import Case
from harness.evidence.osv import links
from harness.runs.row import Row

# How many names stand for all that share a reason.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, which is relative where it lies below the caller's folder; lines are counted from 1."""

    file: Path
    line: int

    @property
    def uri(self) -> str:
        return self.file.as_uri() if self.file.is_absolute() else quote(os.fsencode(self.file.as_posix()))


def place_of(file: Path, line: int, here: Path) -> Place:
    """A line of *file* as somebody in the folder *here* names it."""
    root, whole = here.resolve(), here.joinpath(file).resolve()
    return Place(whole.relative_to(root) if whole.is_relative_to(root) else whole, line)


def plain(text: str) -> str:
    """*text* in one line, with what cannot be printed written as an escape."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def number(row: Row) -> str:
    """What people call a bug: an issue's number, a fix's or an advisory's identifier."""
    return row.label


def page(case: Case) -> str:
    """The page about a case, in this repository."""
    return f"cases/{case.name}/README.md"


def address(case: Case) -> str:
    """Where the bug is known first."""
    return next(link["url"] for link in links(case.references))


def seen(row: Row) -> str:
    """What a program showed."""
    return f"{row.verdict}: {row.reason}: {row.evidence}" if row.reason else f"{row.verdict}: {row.evidence}"


def listed(words: Sequence[str]) -> str:
    """*words* as a sentence lists them."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def few(names: Sequence[str]) -> str:
    """The first of *names*, and how many more there are."""
    more = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{more} more"]) if more > 1 else listed(names)
