"""Reads every `case.toml`: the one module that does. All of a file's errors are shown together."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from harness.catalogue.case import Boundary, Case, Facts, misnamed, misplaced, unproven, untold
from harness.catalogue.marks import Mark, read_marks
from harness.catalogue.tables import read_table, read_toml
from harness.catalogue.values import Problem
from harness.releases.index import Index, load_index
from harness.support.errors import UserError
from harness.support.paths import CASES


@cache
def load_catalogue(directory: Path = CASES) -> tuple[Case, ...]:
    """Every case below *directory*, by name.

    Raises:
        UserError: a case file is wrong; the message lists every problem of every file.
    """
    problems: list[str] = []
    cases = [read_case(path, load_index(), problems) for path in sorted(directory.glob("*/case.toml"))]
    if problems:
        raise UserError("\n".join(problems))
    if not cases:
        raise UserError(f"{directory}: no case here; each is a directory with a case.toml")
    return tuple(case for case in cases if case is not None)


def select(cases: Iterable[Case], names: Iterable[str]) -> tuple[Case, ...]:
    """The cases called *names*, or all of them when there are none.

    Raises:
        UserError: a name is unknown.
    """
    by_name, wanted = {case.name: case for case in cases}, tuple(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in by_name]:
        raise UserError(f"no case is called {', '.join(unknown)}; the cases are {', '.join(by_name)}")
    return tuple(by_name[name] for name in wanted) or tuple(by_name.values())


def read_case(path: Path, index: Index, problems: list[str]) -> Case | None:
    """Read one file. Each thing wrong with it is added to *problems*, with the file and the key."""
    where = f"cases/{path.parent.name}/case.toml"
    try:
        document = read_toml(path)
    except ValueError as error:
        problems.append(f"{where}: {error}")
        return None
    found: list[Problem] = []
    values = read_table(Facts, document, "", found)
    marks = _read_programs(path.parent, found)
    found.extend(_across(path.parent.name, document, values, marks, index))
    problems.extend(": ".join(filter(None, (where, *problem))) for problem in found)
    if found or marks is None:
        return None
    return Case(path.parent.name, path.parent, Facts(**values), marks)


def _read_programs(directory: Path, problems: list[Problem]) -> frozenset[Mark] | None:
    """The marks of a case's typing check, or None where there are none to be read."""
    missing = [name for name in ("repro.py", "typing_check.py", "README.md") if not (directory / name).is_file()]
    if missing:
        problems.append(("", f"the directory has no {', '.join(missing)}; every case ships them"))
    if "typing_check.py" in missing:
        return None
    try:
        return read_marks(directory / "typing_check.py")
    except ValueError as error:
        problems.extend(("", line) for line in str(error).splitlines())
        return None


def _across(
    name: str, document: Mapping[str, Any], values: Mapping[str, Any], marks: frozenset[Mark] | None, index: Index
) -> Iterator[Problem]:
    """What is wrong between the parts of a case, as far as each of them could be read."""
    symptom = bool(document.get("symptom"))
    stated: dict[tuple[str, str, str], str] = {}
    for number, boundary in enumerate(values.get("boundaries", ())):
        if isinstance(boundary, Boundary):
            at = f"boundaries[{number}]"
            found = [*misplaced(boundary, index), *unproven(boundary, symptom, marks or ())]
            yield from ((f"{at}.{key}", message) for key, message in found)
            first = stated.setdefault((boundary.broken, boundary.fixed, boundary.profile), at)
            if first != at:
                yield at, f"it is {first} again; state each boundary once"
    if "issue" in values:
        yield from misnamed(name, values["issue"])
    if marks is not None:
        yield from untold(symptom, marks)
