"""TOML files for people: single values with their checks, and every problem of a table at once, by its key.

pydantic checks; this module says what it found in words that name the key and what would be right.
"""

import re
import tomllib
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as _Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pydantic import AfterValidator, BaseModel, StrictStr, ValidationError
from pydantic.fields import FieldInfo

from harness.support.files import read_whole

# A key, empty where no single one is to blame, and what is wrong with its value and would be right.
Problem = tuple[str, str]
Model = TypeVar("Model", bound=BaseModel)
# What no file that a person writes here comes near, in bytes.
LARGEST = 1_000_000


def read_toml(path: Path) -> dict[str, Any]:
    """Parse *path*; raises ValueError in words that fit a message to a user."""
    try:
        return tomllib.loads(read_whole(path, LARGEST))
    except OSError as error:
        raise ValueError(f"this is not a TOML file: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"this is not a TOML file: {error}") from None


def problems_of(
    kind: type[Model], table: object, at: str = "", known: Mapping[str, object] | None = None
) -> tuple[Model | None, tuple[Problem, ...]]:
    """Read *table* into *kind*: the value, None where something is wrong with it, and each thing that is wrong.

    *known* is handed to the checks that need to know more than the value.
    """
    try:
        return kind.model_validate(table, context=known), ()
    except ValidationError as error:
        return None, tuple(_problem(kind, details, at) for details in error.errors(include_url=False))
    except RecursionError:
        return None, ((at, "it is nested too deep to be read; write it flat"),)


def _problem(kind: type[BaseModel], details: Mapping[str, Any], at: str) -> Problem:
    place: Sequence[str | int] = details["loc"]
    key = _join(at, place)
    where, field = _field(kind, place)
    right = _right(where, field)
    match details["type"]:
        case "extra_forbidden":
            return key, f"unknown key; the keys here are {', '.join(where.model_fields)}"
        case "missing":
            return key, f"missing; {right}"
        case "value_error":
            return key, str(details["ctx"]["error"])
        case "enum":
            return key, f"{shown(details['input'])} is none of {_listed(details['ctx']['expected'])}"
    return key, f"{shown(details['input'])} is not {_KINDS.get(details['type'], 'what belongs here')}; {right}"


_KINDS = {
    "string_type": "a string",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "model_type": "a table",
    "date_type": "a date",
    "greater_than": "such a number",
    "less_than": "such a number",
}


def _listed(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")


def _field(kind: type[BaseModel], place: Sequence[str | int]) -> tuple[type[BaseModel], FieldInfo | None]:
    """The table and the field that a problem's *place* is about."""
    field: FieldInfo | None = None
    for step in place:
        if isinstance(step, int):
            continue
        inner = _model_in(field.annotation) if field else None
        kind = inner or kind
        field = kind.model_fields.get(step)
    return kind, field


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in getattr(annotation, "__args__", ()) if (found := _model_in(each))), None)


def _right(where: type[BaseModel], field: FieldInfo | None) -> str:
    if field and field.description:
        return f"write {field.description}"
    return f"write a table with {', '.join(where.model_fields)}"


def _join(at: str, place: Sequence[str | int]) -> str:
    text = at
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def shown(value: object) -> str:
    """*value* as Python writes it, where that fits a message."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        text = ""
    # Whether what is deeper can be printed at all depends on the version of Python.
    return text if 0 < len(text) <= 2000 else "what stands here, too long to be shown,"


def checked(right: str, fits: Callable[[str], object]) -> AfterValidator:
    """A check of a string: *fits* is false, or raises, for one that is wrong; *right* says what would be right."""

    def check(text: str) -> str:
        try:
            with warnings.catch_warnings(action="error"):
                good = fits(text)
        except (ValueError, OverflowError, RecursionError, FutureWarning, re.error) as error:
            raise ValueError(f"{shown(text)}: {error}; {right}" if str(error) else f"{shown(text)}; {right}") from None
        if not good:
            raise ValueError(f"{shown(text)} is not right; {right}")
        return text

    return AfterValidator(check)


def matching(what: str, right: str, pattern: str) -> AfterValidator:
    """A check of a string that *pattern* has to match as a whole; *what* names what it should be."""

    def check(text: str) -> str:
        _refuse_todo(text)
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{shown(text)} is not {what}; {right}")
        return text

    return AfterValidator(check)


def _requirement(text: str) -> str:
    try:
        _Requirement(text)
    except (InvalidRequirement, RecursionError):
        raise ValueError(f'{shown(text)} is not a requirement; write one such as "itsdangerous"') from None
    return text


def _specifier(text: str) -> str:
    try:
        SpecifierSet(text)
    except InvalidSpecifier:
        raise ValueError(f'{shown(text)} is not a version specifier; write one such as "<3.13"') from None
    return text


def _pattern(text: str) -> str:
    _refuse_todo(text)
    try:
        with warnings.catch_warnings(action="error"):
            re.compile(text)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        raise ValueError(
            f"{shown(text)} is not a regular expression: {error}; escape what is meant as it stands"
        ) from None
    return text


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty; write a sentence")
    if hidden := next((each for each in " ".join(text.split()) if not each.isprintable()), None):
        raise ValueError(f"{shown(text)} has {hidden!r} in it, which cannot be shown; write it without")
    _refuse_todo(text)
    return text


def _refuse_todo(text: str) -> None:
    if "TODO" in text:
        raise ValueError(f"{shown(text)} is still to be written")


def day(value: object) -> object:
    """Refuse whatever is no date."""
    if type(value) is not date:
        raise ValueError(f"{shown(value)} is not a date; write one without quotes, e.g. 2027-03-31")
    return value


Sentence = Annotated[StrictStr, AfterValidator(_written)]
Requirement = Annotated[StrictStr, AfterValidator(_requirement)]
Specifier = Annotated[StrictStr, AfterValidator(_specifier)]
Pattern = Annotated[StrictStr, AfterValidator(_pattern)]
Address = Annotated[
    StrictStr,
    matching("an address", "write one that starts with https:// and a host", r"https://\w[\w.-]*(:\d+)?([/?#]\S*)?"),
]
