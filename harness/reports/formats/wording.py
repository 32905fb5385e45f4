"""What every format says of a case and of a row, in words."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from harness.catalogue.case import Case
from harness.evidence.osv import links
from harness.judgement.wording import escaped
from harness.reports.printable import unarmed
from harness.runs.row import Row

# How many names stand for all that share a reason.
_NAMED = 5
# Up to so many cases each has a line with its page.
_PAGES = 5
# The address of the folder of the cases, where it is known: the action is run from a repository and a commit.
_PUBLISHED = "STARLETTE_CASES_ADDRESS"


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
    """*text* in one line, with what cannot be printed, or would be obeyed in a log, written as an escape."""
    return unarmed(escaped(" ".join(text.split())))


def label(row: Row) -> str:
    """What people call a bug: an issue's number, a fix's or an advisory's identifier."""
    return row.label


def titled(case: Case) -> str:
    """What a bug is, and what else it is known as."""
    others = ", ".join(alias for alias in case.aliases if alias != case.label and alias not in case.title)
    return f"{case.title} ({others})" if others else case.title


def page(case: Case) -> str:
    """The page about a case, as somebody on this machine opens it from the folder that they are in."""
    return str(place_of(case.directory / "README.md", 1, Path.cwd()).file)


def pages(cases: Sequence[Case]) -> list[str]:
    """The pages about *cases*, one by one, or where all of them lie if they are many."""
    if len(cases) <= _PAGES:
        return [page(case) for case in cases]
    return [page(cases[0].model_copy(update={"directory": cases[0].directory.parent / "<name>"}))]


def address(case: Case) -> str:
    """Where a reader on any machine finds more: its page where it is known where that is published, else upstream's."""
    if published := os.environ.get(_PUBLISHED):
        return f"{published.rstrip('/')}/{case.name}/README.md"
    return next(link["url"] for link in links(case.references))


def seen(row: Row) -> str:
    """What a program showed."""
    return f"{row.verdict}: {row.reason}: {row.evidence}" if row.reason else f"{row.verdict}: {row.evidence}"


def doubtful(source: str, release: str, doubt: str) -> str:
    """That *source* need not be like the release that it says it has, and why."""
    return plain(f"Of {source} this is true as it is, and need not be of Starlette {release}: {doubt}.")


def listed(words: Sequence[str]) -> str:
    """*words* as a sentence lists them."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def few(names: Sequence[str]) -> str:
    """The first of *names*, and how many more there are."""
    more = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{more} more"]) if more > 1 else listed(names)
