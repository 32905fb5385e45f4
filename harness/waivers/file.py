"""A file of waivers: TOML, and whatever is wrong with it is said together."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from harness.catalogue.case import Case
from harness.catalogue.selection import is_called
from harness.support.errors import UserError
from harness.support.invocation import listing
from harness.support.toml import Problem, problems_of, read_toml
from harness.waivers.waiver import Waivable, Waiver


class _File(BaseModel):
    """What a file of waivers states, key by key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    waiver: tuple[Waiver, ...] = Field((), description="one or more tables [[waiver]]")


class _Each(BaseModel):
    """What can be read of each waiver of a file in which something is wrong."""

    waiver: tuple[dict[str, object], ...] = ()


def read_waivers(path: Path | None, today: date, catalogue: Sequence[Case]) -> tuple[Waiver, ...]:
    """Read a file of `[[waiver]]` tables, each with `case`, `reason` and `expires`; without one, nothing is waived.

    Raises:
        UserError: the file is no TOML file, or it is wrong, or a waiver is out of date; the message lists every
            problem of it.
    """
    if path is None:
        return ()
    if not path.exists():
        raise UserError(f"--waivers {path}: there is no such file; name one with [[waiver]] tables")
    try:
        document = read_toml(path)
    except ValueError as error:
        raise UserError(f"{path}: {error}; write one with [[waiver]] tables of case, reason and expires") from None
    file, problems = problems_of(_File, document)
    tables, _ = problems_of(_Each, document)
    named = [
        (number, str(each["case"])) for number, each in enumerate(tables.waiver if tables else ()) if "case" in each
    ]
    _refuse(path, [*problems, *_misnamed(named, catalogue)])
    waivers = file.waiver if file else ()
    _refuse(path, _overdue(waivers, today))
    return waivers


def refuse_unused(file: Path | None, waivers: Sequence[Waiver], findings: Sequence[Waivable]) -> None:
    """Refuse *file* if one of its *waivers* waives nothing of *findings*.

    Raises:
        UserError: one does; the message lists every such one.
    """
    _refuse(file, _unused(waivers, findings))


def _misnamed(named: Iterable[tuple[int, str]], catalogue: Sequence[Case]) -> Iterator[Problem]:
    """What is wrong with the names of the cases, each given with the number of its waiver."""
    first: dict[str, int] = {}
    for number, name in named:
        called = [case.name for case in catalogue if is_called(case, name)]
        if not called:
            yield f"waiver[{number}].case", f"no case is called {name!r}; {listing()} lists them"
        for each in called:
            if first.setdefault(each, number) != number:
                message = f"{each} is waived by waiver[{first[each]}] already; waive each case once"
                yield f"waiver[{number}].case", message


def _overdue(waivers: Iterable[Waiver], today: date) -> Iterator[Problem]:
    for number, waiver in enumerate(waivers):
        if waiver.expires < today:
            right = "remove the waiver, or decide again and write a later day"
            yield f"waiver[{number}].expires", f"{waiver.expires} is over, today is {today}; {right}"


def _unused(waivers: Iterable[Waiver], findings: Iterable[Waivable]) -> Iterator[Problem]:
    """What is known to waive nothing: a case that was not run, or could not be told, may yet need its waiver."""
    findings = tuple(findings)
    for number, waiver in enumerate(waivers):
        own = [each for each in findings if is_called(each.case, waiver.case)]
        if own and not any(each.is_there or not each.is_told for each in own):
            yield f"waiver[{number}].case", f"{waiver.case} is not there; remove the waiver"


def _refuse(path: Path | None, *problems: Iterable[Problem]) -> None:
    lines = [": ".join(filter(None, (str(path), *problem))) for each in problems for problem in each]
    if lines:
        raise UserError("\n".join(lines))
