"""Reads every `case.toml`: the one module that does. All of a file's errors are shown together."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from harness.case import Case, Facts, load_case, misplaced
from harness.errors import UserError
from harness.index import Index, load_index
from harness.paths import CASES

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
    by_name = {case.name: case for case in cases}
    if unknown := [name for name in names if name not in by_name]:
        raise UserError(f"no case is called {', '.join(unknown)}; the cases are {', '.join(by_name)}")
    return tuple(by_name[name] for name in names) or tuple(by_name.values())


def read_case(path: Path, index: Index, problems: list[str]) -> Case | None:
    """Read one file. Each thing wrong with it is added to *problems*, with the file and the key."""
    where = f"cases/{path.parent.name}/case.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"{where}: this is no TOML file: {error}")
        return None
    found: list[str] = []
    facts = _build(Facts, document, "", found)
    if isinstance(facts, Facts):
        for number, boundary in enumerate(facts.boundaries):
            if wrong := misplaced(boundary, index):
                found.append(f"boundaries[{number}]: {wrong}")
    case = None
    if isinstance(facts, Facts) and not found:
        try:
            case = load_case(path.parent, facts)
        except ValueError as error:
            found.append(str(error))
    problems.extend(f"{where}: {problem}" for problem in found)
    return case


def _build(kind: type, table: object, at: str, problems: list[str]) -> object:
    """Build *kind* from a TOML table, or add what is wrong to *problems* and return None."""
    if not isinstance(table, Mapping):
        problems.append(f"{at}: {table!r} is no table; write its keys below [{at}]")
        return None
    before = len(problems)
    hints = get_type_hints(kind)
    known: dict[str, Field[Any]] = {f.name: f for f in fields(kind)}
    unknown = [key for key in table if key not in known]
    problems.extend(f"{_join(at, key)}: unknown key; the keys here are {', '.join(known)}" for key in unknown)
    values: dict[str, Any] = {}
    for key, spec in known.items():
        if key in table:
            values[key] = _value(hints[key], table[key], _join(at, key), problems)
        elif spec.default is MISSING and spec.default_factory is MISSING:
            problems.append(f"{_join(at, key)}: missing; write {_wanted(hints[key])}")
    if len(problems) > before:
        return None
    try:
        return kind(**values)
    except ValueError as error:
        problems.append(f"{at}: {error}" if at else str(error))
        return None


def _value(hint: Any, value: object, at: str, problems: list[str]) -> object:
    """Check *value* against a type hint and turn it into what the dataclass holds."""
    if is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, value, at, problems)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            problems.append(f"{at}: {value!r} is no list; write {_wanted(hint)}")
            return ()
        item = get_args(hint)[0]
        return tuple(_value(item, each, f"{at}[{number}]", problems) for number, each in enumerate(value))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        if value in list(hint):
            return hint(str(value))
        problems.append(f"{at}: {value!r} is none of {', '.join(hint)}")
        return None
    if type(value) is not hint:
        problems.append(f"{at}: {value!r} is no {hint.__name__}; write {_wanted(hint)}")
    return value


def _wanted(hint: Any) -> str:
    """What would be right for *hint*, in words."""
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return "one or more tables [[…]]" if is_dataclass(item) else 'a list of strings, e.g. ["…"]'
    if is_dataclass(hint):
        return f"a table with {', '.join(f.name for f in fields(hint))}"
    return _WORDS.get(hint, "one of " + ", ".join(hint) if isinstance(hint, type) and issubclass(hint, StrEnum) else "")


def _join(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key
