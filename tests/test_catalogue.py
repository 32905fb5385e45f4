"""Case files that are wrong: every one is refused, with the file, the key and what would be right."""

import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue import load_catalogue, select
from harness.errors import UserError
from harness.paths import CASES
from tests.factories import PROGRAMS, case, write_case

NAME = "session_lost_483"
FILE = f"cases/{NAME}/case.toml"
GOOD: dict[str, Any] = {
    "issue": 483,
    "title": "A session is lost",
    "links": {"issue": "https://index.example/issues/483", "fix": "https://index.example/pull/597"},
    "aliases": ["CVE-2019-0000"],
    "claims": [{"source": "a page", "fixed": "0.13.4"}],
    "boundaries": [{"broken": "0.12.7", "fixed": "0.12.8", "profile": "period", "untyped": ["broken"]}],
    "environment": {"requires": ["itsdangerous"], "optional": ["trio"], "drivers": ["asgiref"], "python": "<3.13"},
    "symptom": [{"raises": "AssertionError", "raised_in": "starlette/requests.py", "matches": "^$"}],
    "absent": [{"raises": "LookupError", "raised_in": "repro.py", "matches": "no example"}],
    "mutant": [{"file": "starlette/requests.py", "find": "websocket", "replace": "http"}],
}
GONE = object()


def changed(at: str, value: object) -> dict[str, Any]:
    """The good document with *value* at a key such as `claims[0].fixed`."""
    document = deepcopy(GOOD)
    *way, last = [int(part) if part.isdigit() else part for part in re.findall(r"\w+", at)]
    table: Any = document
    for part in way:
        table = table[part]
    if value is GONE:
        del table[last]
    else:
        table[last] = value
    return document


def refusal(directory: Path) -> list[str]:
    """What is said about the cases in *directory*, line by line."""
    with pytest.raises(UserError) as caught:
        load_catalogue(directory)
    return str(caught.value).splitlines()


def refusal_of(directory: Path, document: str | Mapping[str, Any], **programs: str) -> list[str]:
    write_case(directory / NAME, document, **programs)
    return refusal(directory)


def test_a_good_file_is_read_as_it_stands(tmp_path: Path) -> None:
    write_case(tmp_path / NAME, GOOD, {**PROGRAMS, "typing_check.py": "a, b = c  # E: str-unpack\n"})
    (found,) = load_catalogue(tmp_path)
    assert (found.name, found.facts.issue, found.facts.title) == (NAME, 483, "A session is lost")
    assert [(each.broken, each.fixed, each.profile) for each in found.facts.boundaries] == [
        ("0.12.7", "0.12.8", "period")
    ]
    assert found.facts.environment.required_names == {"itsdangerous"}
    assert [each.raised_in for each in found.facts.symptom] == ["starlette/requests.py"]
    assert [(mark.line, mark.code) for mark in found.marks] == [(1, "str-unpack")]


MISSING = ["issue", "title", "links", "boundaries", "links.fix", "claims[0].source", "boundaries[0].profile"]
MISSING += ["symptom[0].raises", "symptom[0].raised_in", "absent[0].raises", "mutant[0].replace"]


@pytest.mark.parametrize("key", MISSING)
def test_a_missing_key_is_named(key: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, changed(key, GONE))
    assert line.startswith(f"{FILE}: {key}: missing; write ")


UNKNOWN = ["isue", "links.docs", "claims[0].broken", "boundaries[0].side", "environment.needs", "symptom[0].file"]


@pytest.mark.parametrize("key", UNKNOWN)
def test_an_unknown_key_is_named_beside_those_there_are(key: str, tmp_path: Path) -> None:
    table = key.rpartition(".")[0]
    siblings = changed(table, GONE) if table else GOOD
    (line,) = refusal_of(tmp_path, changed(key, "x"))
    assert line.startswith(f"{FILE}: {key}: unknown key; the keys here are ")
    assert all(known in line for known in _keys_of(table)), siblings


def _keys_of(table: str) -> list[str]:
    value: Any = GOOD
    for part in re.findall(r"\w+", table):
        value = value[int(part) if part.isdigit() else part]
    return list(value)


OF_A_KIND: dict[str, tuple[str, list[str]]] = {
    "a string": ("", ["title", "links.issue", "claims[0].fixed", "boundaries[0].broken", "environment.python"]),
    "a whole number": ("", ["issue"]),
    "strings": ("", ["aliases", "boundaries[0].untyped", "environment.requires", "environment.drivers"]),
    "a table": ("", ["links", "environment"]),
    "tables": ("", ["claims", "boundaries", "symptom", "absent", "mutant"]),
}
