"""Case files for the tests: one that is right, ways to make it wrong, and what is said of it then."""

import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.loading import load_catalogue
from harness.support.errors import UserError
from tests.support.factories import PROGRAMS, write_case

NAME = "session_lost_483"
FILE = f"cases/{NAME}/case.toml"
MARKED = "a, b = c  # E: str-unpack\n"
GOOD: dict[str, Any] = {
    "issue": 483,
    "title": "A session is lost",
    "links": {"issue": "https://index.example/issues/483", "fix": "https://index.example/pull/597"},
    "aliases": ["CVE-2019-0000"],
    "claims": [{"source": "a page", "fixed": "0.13.4"}],
    "boundaries": [{"broken": "0.12.7", "fixed": "0.12.8", "profile": "period", "untyped": []}],
    "environment": {"requires": ["itsdangerous"], "optional": ["trio"], "drivers": ["asgiref"], "python": "<3.13"},
    "symptom": [{"raises": "AssertionError", "raised_in": "starlette/requests.py", "matches": "^$"}],
    "absent": [{"raises": "LookupError", "raised_in": "repro.py", "matches": "no example"}],
    "mutant": [{"file": "starlette/requests.py", "find": "websocket", "replace": "http"}],
}
BOUNDARY = {"broken": "0.12.7", "fixed": "0.12.8", "profile": "period"}


def table_of(document: Any, key: str) -> tuple[Any, str | int]:
    """The table that holds a key such as `claims[0].fixed`, and the key's last part."""
    *way, last = [int(part) if part.isdigit() else part for part in re.findall(r"\w+", key)]
    for step in way:
        document = document[step]
    return document, last


def changed(key: str, value: object) -> dict[str, Any]:
    document = deepcopy(GOOD)
    table, last = table_of(document, key)
    table[last] = value
    return document


def without(key: str) -> dict[str, Any]:
    document = deepcopy(GOOD)
    table, last = table_of(document, key)
    del table[last]
    return document


def refusal(cases: Path) -> list[str]:
    """What is said of the cases below *cases*, line by line."""
    with pytest.raises(UserError) as caught:
        load_catalogue(cases)
    return str(caught.value).splitlines()


def refusal_of(
    cases: Path, document: str | Mapping[str, Any], programs: Mapping[str, str] = PROGRAMS, name: str = NAME
) -> list[str]:
    write_case(cases / name, document, programs)
    return refusal(cases)
