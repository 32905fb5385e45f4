"""Checks of single values, and the dataclasses that refuse wrong ones.

A field's annotation names the check that its value must pass: when a file is read, so that all of
its errors are known together, and again when the class is built. A check raises ValueError.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from harness.releases.index import parse_version

# A key, empty where no single one is to blame, and what is wrong with its value and would be right.
Problem = tuple[str, str]


class Checked:
    """A dataclass that cannot be built with a wrong value."""

    __slots__ = ()

    def __post_init__(self) -> None:
        known = hints(type(self))
        values = {key: getattr(self, key) for key in known}
        found = [each for key, hint in known.items() for each in faults(hint, values[key], key)]
        if problems := found or list(self.conflicts(values)):
            raise ValueError("; ".join(": ".join(filter(None, problem)) for problem in problems))

    @staticmethod
    def conflicts(_values: Mapping[str, Any], /) -> Iterator[Problem]:
        """What is wrong between values, of which each that is here is right by itself."""
        yield from ()


def hints(kind: type) -> dict[str, Any]:
    """The annotation of each field of *kind*."""
    return get_type_hints(kind, include_extras=True)


def faults(hint: Any, value: Any, key: str) -> Iterator[Problem]:
    """What the checks in *hint* find wrong with *value*, which is of the right type."""
    if get_origin(hint) is Annotated:
        hint, check = get_args(hint)
        try:
            check(value)
        except ValueError as error:
            yield key, str(error)
    if get_origin(hint) is tuple:
        for number, each in enumerate(value):
            yield from faults(get_args(hint)[0], each, f"{key}[{number}]")


def printed(value: object) -> str | None:
    """*value* as Python writes it; None where that is too long or too deep for any message."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        return None
    # Whether what is deeper can be printed at all depends on the version of Python.
    return text if len(text) <= 2000 else None


def _issue(number: int) -> None:
    if not 0 < number < 10**9:
        raise ValueError("this is no issue number; write one such as 483")


def _title(text: str) -> None:
    if not text.strip():
        raise ValueError("it is empty; write the symptom in a reader's words")


def _excuse(text: str) -> None:
    if not text.strip():
        raise ValueError("it is empty; write why the bug is accepted")


def _passage(text: str) -> None:
    if not text:
        raise ValueError("it is empty; write text that the file has exactly once")


def _address(text: str) -> None:
    if not re.fullmatch(r"https://\w[\w.-]*(:\d+)?([/?#]\S*)?", text):
        raise ValueError(f"{text!r} is no address; write one that starts with https:// and a host")


def _side(name: str) -> None:
    if name not in ("broken", "fixed"):
        raise ValueError(f'{name!r} is no side of a boundary; write "broken" or "fixed"')


def _requirement(text: str) -> None:
    try:
        Requirement(text)
    except (InvalidRequirement, RecursionError):
        raise ValueError(f'{text!r} is no requirement; write one such as "itsdangerous"') from None


def _specifier(text: str) -> None:
    try:
        SpecifierSet(text)
    except InvalidSpecifier:
        raise ValueError(f'{text!r} is no specifier; write one such as "<3.13"') from None


def _exception(text: str) -> None:
    if not re.fullmatch(r"\w+(\.\w+)*", text):
        raise ValueError(f'{text!r} is no exception; write one such as "AssertionError"')


def _python_file(text: str) -> None:
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)*\.py", text):
        raise ValueError(f'{text!r} is no relative path of a Python file; write one such as "starlette/requests.py"')


def _installed_file(text: str) -> None:
    if not all(re.fullmatch(r"(?!\.\.?$|.*\*\*)[\w.*?+-]+", part) for part in text.split("/")):
        right = 'write one such as "starlette/requests.py" or "starlette-*.dist-info/METADATA"'
        raise ValueError(f"{text!r} is no path below site-packages; {right}")


def _pattern(text: str) -> None:
    try:
        with warnings.catch_warnings(action="error"):
            re.compile(text)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        raise ValueError(f"{text!r} is no regular expression: {error}; escape what is meant as it stands") from None


IssueNumber = Annotated[int, _issue]
Title = Annotated[str, _title]
Address = Annotated[str, _address]
Version = Annotated[str, parse_version]
SideName = Annotated[str, _side]
Requirements = tuple[Annotated[str, _requirement], ...]
Specifier = Annotated[str, _specifier]
ExceptionName = Annotated[str, _exception]
PythonFile = Annotated[str, _python_file]
InstalledFile = Annotated[str, _installed_file]
Pattern = Annotated[str, _pattern]
Passage = Annotated[str, _passage]
Excuse = Annotated[str, _excuse]
