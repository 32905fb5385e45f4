"""Reads TOML tables into checked dataclasses. All that is wrong with a file is known together, by its keys."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from harness.catalogue.values import Checked, Problem, faults, hints, printed

_WORDS = {
    str: 'a string in quotes, e.g. "…"',
    int: "a whole number, e.g. 483",
    date: "a date without quotes, e.g. 2027-03-31",
}


def read_toml(path: Path) -> dict[str, Any]:
    """Parse *path*; raises ValueError in words that fit a message to a user."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ValueError(f"this is no TOML file: {error}") from None


def read_table(kind: type[Any], table: Mapping[str, object], at: str, problems: list[Problem]) -> dict[str, Any]:
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
    values = read_table(kind, table, at, problems)
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
    return printed(value) or "what stands here, too long to be shown,"
