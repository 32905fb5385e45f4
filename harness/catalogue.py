"""Reads every `case.toml`: the one module that does. All of a file's errors are shown together."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from harness.case import Boundary, Case, Facts, misnamed, misplaced, unproven, untold
from harness.errors import UserError
from harness.index import Index, load_index
from harness.marks import Mark, read_marks
from harness.paths import CASES
from harness.values import Checked, Problem, faults, hints

_WORDS = {str: 'a string in quotes, e.g. "…"', int: "a whole number, e.g. 483"}


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
    by_name, wanted = {case.name: case for case in cases}, tuple(names)
    if unknown := [name for name in wanted if name not in by_name]:
        raise UserError(f"no case is called {', '.join(unknown)}; the cases are {', '.join(by_name)}")
    return tuple(by_name[name] for name in wanted) or tuple(by_name.values())


def read_case(path: Path, index: Index, problems: list[str]) -> Case | None:
    """Read one file. Each thing wrong with it is added to *problems*, with the file and the key."""
    where = f"cases/{path.parent.name}/case.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        problems.append(f"{where}: this is no TOML file: {error}")
        return None
    found: list[Problem] = []
    values = _values(Facts, document, "", found)
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


def _values(kind: type[Any], table: Mapping[str, object], at: str, problems: list[Problem]) -> dict[str, Any]:
    """The fields of *kind* that a TOML table gives, without the wrong ones; what is wrong is added to *problems*."""
    known = hints(kind)
    required = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    unknown = [key for key in table if key not in known]
    problems.extend((_join(at, key), f"unknown key; the keys here are {', '.join(known)}") for key in unknown)
    values: dict[str, Any] = {}
    for key, hint in known.items():
        if key in table:
            values[key] = _value(hint, table[key], _join(at, key), problems)
        elif key in required:
            problems.append((_join(at, key), f"missing; write {_wanted(hint)}"))
    good = {key: value for key, value in values.items() if value is not None}
    problems.extend((_join(at, key), message) for key, message in kind.conflicts(good))
    return good


def _build(kind: type[Any], table: object, at: str, problems: list[Problem]) -> object:
    """Build *kind* from a TOML table, or add what is wrong to *problems* and return None."""
    if not isinstance(table, Mapping):
        problems.append((at, f"{_show(table)} is no table; write its keys below [{at}]"))
        return None
    before = len(problems)
    values = _values(kind, table, at, problems)
    return kind(**values) if len(problems) == before else None


def _value(hint: Any, value: object, at: str, problems: list[Problem]) -> object:
    """Check *value* against a type hint and turn it into what the dataclass holds, or None."""
    if get_origin(hint) is Annotated:
        before = len(problems)
        value = _value(get_args(hint)[0], value, at, problems)
        wrong = list(faults(hint, value, at)) if len(problems) == before else []
        problems.extend(wrong)
        return None if wrong else value
    if isinstance(hint, type) and issubclass(hint, Checked):
        return _build(hint, value, at, problems)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            problems.append((at, f"{_show(value)} is no list; write {_wanted(hint)}"))
            return None
        item = get_args(hint)[0]
        return tuple(_value(item, each, f"{at}[{number}]", problems) for number, each in enumerate(value))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        if value in list(hint):
            return hint(str(value))
        problems.append((at, f"{_show(value)} is none of {', '.join(hint)}"))
        return None
    if type(value) is not hint:
        problems.append((at, f"{_show(value)} is no {hint.__name__}; write {_wanted(hint)}"))
        return None
    return value


def _wanted(hint: Any) -> str:
    """What would be right for *hint*, in words."""
    if get_origin(hint) is Annotated:
        return _wanted(get_args(hint)[0])
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return "one or more tables [[…]]" if is_dataclass(item) else 'a list of strings, e.g. ["…"]'
    if is_dataclass(hint):
        return f"a table with {', '.join(f.name for f in fields(hint))}"
    return _WORDS.get(hint, "one of " + ", ".join(hint) if isinstance(hint, type) and issubclass(hint, StrEnum) else "")


def _join(at: str, key: str) -> str:
    return ".".join(filter(None, (at, key)))


def _show(value: object) -> str:
    try:
        return repr(value)
    except (ValueError, RecursionError):
        return "what stands here, too long to be shown,"
