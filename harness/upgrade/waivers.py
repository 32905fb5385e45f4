"""Waivers: which bugs somebody accepts after an upgrade, why, and until when. One TOML file, with all its errors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from harness.catalogue.loading import load_catalogue
from harness.catalogue.tables import read_table, read_toml
from harness.catalogue.values import Checked, Problem
from harness.support.errors import UserError
from harness.upgrade.comparison import PRESENT, Change, Finding, Waiver


@dataclass(frozen=True, slots=True)
class _File(Checked):
    """What a file of waivers states, key by key."""

    waiver: tuple[Waiver, ...] = ()


def read_waivers(path: Path, today: date) -> tuple[Waiver, ...]:
    """Read a file of `[[waiver]]` tables, each with `case`, `reason` and `expires`.

    Raises:
        UserError: the file is no TOML file, or it is wrong, or a waiver is out of date; the message lists every
            problem of it.
    """
    if not path.exists():
        raise UserError(f"--waivers {path}: there is no such file; name one with [[waiver]] tables")
    try:
        document = read_toml(path)
    except ValueError as error:
        raise UserError(f"{path}: {error}; write one with [[waiver]] tables of case, reason and expires") from None
    problems: list[Problem] = []
    waivers = read_table(_File, document, "", problems).get("waiver", ())
    cases = [(number, each.case) for number, each in enumerate(waivers) if isinstance(each, Waiver)]
    _refuse(path, [*problems, *_misnamed(cases)])
    _refuse(path, _overdue(waivers, today))
    return tuple(waivers)


def apply(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> tuple[Finding, ...]:
    """*findings*, each bug that is there with its waiver."""
    by_case = {waiver.case: waiver for waiver in waivers}
    return tuple(
        replace(each, waiver=by_case.get(each.case.name) if each.change in PRESENT else None) for each in findings
    )


def refuse_unused(file: Path, waivers: Sequence[Waiver], findings: Sequence[Finding]) -> None:
    """Refuse *file* if one of its *waivers* waives nothing of *findings*.

    Raises:
        UserError: one does; the message lists every such one.
    """
    _refuse(file, _unused(waivers, findings))


def _misnamed(cases: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """What is wrong with the names of the cases, each given with the number of its waiver."""
    known = [case.name for case in load_catalogue()]
    first: dict[str, int] = {}
    for number, name in cases:
        if name not in known:
            yield f"waiver[{number}].case", f"no case is called {name!r}; the cases are {', '.join(known)}"
        elif first.setdefault(name, number) != number:
            yield f"waiver[{number}].case", f"{name} is waived by waiver[{first[name]}] already; waive each case once"


def _overdue(waivers: Iterable[Waiver], today: date) -> Iterator[Problem]:
    for number, waiver in enumerate(waivers):
        if waiver.expires < today:
            right = "remove the waiver, or decide again and write a later day"
            yield f"waiver[{number}].expires", f"{waiver.expires} is over, today is {today}; {right}"


def _unused(waivers: Iterable[Waiver], findings: Iterable[Finding]) -> Iterator[Problem]:
    """What is known to waive nothing: a case that was not run, or could not be told, may yet need its waiver."""
    seen: dict[str, set[Change]] = {}
    for finding in findings:
        seen.setdefault(finding.case.name, set()).add(finding.change)
    for number, waiver in enumerate(waivers):
        if (changes := seen.get(waiver.case)) and changes.isdisjoint({*PRESENT, Change.UNTOLD}):
            yield f"waiver[{number}].case", f"{waiver.case} is not there after the upgrade; remove the waiver"


def _refuse(path: Path, *problems: Iterable[Problem]) -> None:
    lines = [": ".join(filter(None, (str(path), *problem))) for each in problems for problem in each]
    if lines:
        raise UserError("\n".join(lines))
