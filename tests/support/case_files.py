"""Case files for the tests: one that is right, ways to make it wrong, and what is said of it then."""

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.case import Case
from harness.catalogue.loading import load_catalogue
from harness.releases.index import load_index
from harness.releases.profiles import load_profiles
from harness.support.errors import UserError
from harness.support.paths import CASES, RELEASES
from tests.support.factories import PROGRAMS, write_case

NAME = "session_lost_483"
FILE = f"cases/{NAME}/case.toml"
MARKED = "a, b = c  # E: str-unpack\n"
GOOD: dict[str, Any] = {
    "title": "A session is lost",
    "area": "sessions",
    "kind": "bug",
    "references": {"issue": 483, "fix": 597, "advisory": "https://index.example/GHSA-1"},
    "aliases": ["CVE-2019-0000"],
    "claims": [{"source": "a page", "introduced": "0.6.2", "fixed": "0.13.4"}],
    "boundaries": [{"broken": "0.12.7", "fixed": "0.12.8", "profile": "period", "untyped": []}],
    "open": [{"profile": "today"}],
    "gone": "1.0.0rc1",
    "retired": {"on": date(2026, 11, 25), "reason": "its feature went"},
    "environment": {
        "requires": ["itsdangerous"],
        "optional": ["trio"],
        "drivers": ["asgiref"],
        "python": "<3.13",
        "testclient": False,
    },
    "symptom": [{"raises": "AssertionError", "raised_in": "starlette/requests.py", "matches": "^$", "profile": ""}],
    "absent": [{"raises": "LookupError", "raised_in": "repro.py", "matches": "no example", "profile": "today"}],
    "mutant": [{"file": "starlette/requests.py", "find": "websocket", "replace": "http"}],
    "touches": [
        {"name": "starlette.requests.Request.session", "keyword": "path", "place": 1, "beside": ["starlette.routing"]}
    ],
}
BOUNDARY = {"broken": "0.12.7", "fixed": "0.12.8", "profile": "period"}


def load(cases: Path) -> tuple[Case, ...]:
    """The cases below *cases*, for the releases and the profiles of the checkout."""
    return load_catalogue(cases, load_index(RELEASES), load_profiles(CASES / "profiles.toml"))


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
        load(cases)
    return str(caught.value).splitlines()


def refusal_of(
    cases: Path, document: str | Mapping[str, Any], programs: Mapping[str, str] = PROGRAMS, name: str = NAME
) -> list[str]:
    write_case(cases / name, document, programs)
    return refusal(cases)
