"""Case files that are wrong: each is refused, with the file, the key and what would be right."""

import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue import load_catalogue, select
from harness.errors import UserError
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


def test_a_good_file_is_read_as_it_stands(tmp_path: Path) -> None:
    write_case(tmp_path / NAME, GOOD, {**PROGRAMS, "typing_check.py": "a, b = c  # E: str-unpack\n"})
    (found,) = load_catalogue(tmp_path)
    (boundary,) = found.facts.boundaries
    assert (found.name, found.facts.issue, found.facts.title) == (NAME, 483, "A session is lost")
    assert (boundary.broken, boundary.fixed, boundary.profile) == ("0.12.7", "0.12.8", "period")
    assert found.facts.environment.required_names == {"itsdangerous"}
    assert [each.raised_in for each in found.facts.symptom] == ["starlette/requests.py"]
    assert [(mark.line, mark.code) for mark in found.marks] == [(1, "str-unpack")]


@pytest.mark.parametrize(
    "key",
    [
        *("issue", "title", "links", "boundaries", "links.fix", "claims[0].source", "boundaries[0].profile"),
        *("symptom[0].raises", "symptom[0].raised_in", "absent[0].raises", "mutant[0].replace"),
    ],
)
def test_a_missing_key_is_named(key: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, without(key))
    assert line.startswith(f"{FILE}: {key}: missing; write ")


@pytest.mark.parametrize(
    "key",
    ["isue", "links.docs", "claims[0].broken", "boundaries[0].side", "environment.needs", "symptom[0].file"],
)
def test_an_unknown_key_is_named_beside_the_known_ones(key: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, changed(key, "x"))
    said, known = line.split("; the keys here are ")
    table, _ = table_of(GOOD, key)
    assert said == f"{FILE}: {key}: unknown key"
    assert set(known.split(", ")) == set(table)


KINDS = {
    "a string": ("x", "write a string in quotes"),
    "a whole number": (7, "write a whole number"),
    "strings": (["x"], r"write a (list of strings|string in quotes)"),
    "a table": ({"x": 1}, "write its keys below"),
    "tables": ([{"x": 1}], "write (one or more tables|its keys below)"),
    "a truth value": (True, ""),
    "a fraction": (1.5, ""),
    "numbers": ([7], ""),
}
KEYS = {
    "a string": [
        "title",
        "links.fix",
        "claims[0].fixed",
        "boundaries[0].broken",
        "environment.python",
        "mutant[0].find",
    ],
    "a whole number": ["issue"],
    "strings": ["aliases", "boundaries[0].untyped", "environment.requires", "environment.optional"],
    "a table": ["links", "environment"],
    "tables": ["claims", "boundaries", "symptom", "absent", "mutant"],
}


@pytest.mark.parametrize(
    ("key", "wanted", "given"),
    [(key, wanted, given) for wanted, keys in KEYS.items() for key in keys for given in KINDS if given != wanted],
)
def test_a_value_of_another_kind_is_refused(key: str, wanted: str, given: str, tmp_path: Path) -> None:
    (value, _), (_, right) = KINDS[given], KINDS[wanted]
    (line,) = refusal_of(tmp_path, changed(key, value))
    assert re.match(rf"{re.escape(f'{FILE}: {key}')}(\[0\])?: ", line)
    assert re.search(right, line)


BOUNDARY = {"broken": "0.12.7", "fixed": "0.12.8", "profile": "period"}
BAD = [
    ("issue", 0, "issue", "such as 483"),
    ("title", " ", "title", "in a reader's words"),
    ("links.issue", "483", "links", "https://"),
    ("links.fix", "http://index.example/pull/597", "links", "https://"),
    ("claims[0].fixed", "soon", "claims[0]", "'soon' is not a version; write a release"),
    ("boundaries", [], "boundaries", "at least one [[boundaries]]"),
    ("boundaries[0].broken", "0.12.x", "boundaries[0]", "'0.12.x' is not a version; write a release"),
    ("boundaries[0]", BOUNDARY | {"broken": "0.12.8", "fixed": "0.12.7"}, "boundaries[0]", "swap them"),
    ("boundaries[0].fixed", "0.12.7", "boundaries[0]", "not older than"),
    ("boundaries[0].broken", "0.12.6", "boundaries[0]", "0.12.7 follows 0.12.6"),
    ("boundaries[0].fixed", "0.13.0", "boundaries[0]", "0.12.8 follows 0.12.7"),
    ("boundaries[0].broken", "0.12.7.1", "boundaries[0]", "0.12.7.1 is no final release on the index"),
    ("boundaries[0].fixed", "0.12.08", "boundaries[0]", "0.12.08 is no final release on the index"),
    ("boundaries[0]", BOUNDARY | {"broken": "0.12.0b3", "fixed": "0.12.0"}, "boundaries[0]", "0.12.0b3 is no final"),
    ("boundaries[0]", BOUNDARY | {"broken": "0.11.4", "fixed": "0.12.0b1"}, "boundaries[0]", "0.12.0b1 is no final"),
    ("boundaries[0].profile", "yesterday", "boundaries[0].profile", "none of period, today"),
    ("boundaries[0].untyped", ["newest"], "boundaries[0]", '"broken" and "fixed"'),
    ("environment.requires", ["its dangerous"], "environment", 'such as "itsdangerous"'),
    ("environment.drivers", ["asgiref =="], "environment", "'asgiref ==' is no requirement"),
    ("environment.python", "3.13", "environment", 'such as "<3.13"'),
    ("symptom[0].raises", "Assertion Error", "symptom[0]", 'such as "AssertionError"'),
    ("symptom[0].raises", "", "symptom[0]", 'such as "AssertionError"'),
    ("symptom[0].raised_in", "/starlette/requests.py", "symptom[0]", 'such as "starlette/requests.py"'),
    ("symptom[0].raised_in", "starlette.requests", "symptom[0]", 'such as "starlette/requests.py"'),
    ("absent[0].raised_in", "starlette\\requests.py", "absent[0]", 'such as "starlette/requests.py"'),
    ("symptom[0].matches", "(", "symptom[0]", "'(' is no regular expression"),
    ("mutant[0].find", "", "mutant[0]", "must change something"),
    ("mutant[0].find", "http", "mutant[0]", "must change something"),
]


@pytest.mark.parametrize(("key", "value", "at", "right"), BAD, ids=[f"{key}={value}" for key, value, *_ in BAD])
def test_a_bad_value_is_refused(key: str, value: object, at: str, right: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, changed(key, value))
    assert line.startswith(f"{FILE}: {at}")
    assert right in line


@pytest.mark.parametrize("name", ["session_lost", "session_lost_484", "session_lost_1483", "session-lost_483", "483"])
def test_a_directory_is_named_for_its_topic_and_its_issue(name: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, GOOD, name=name)
    assert line.startswith(f"cases/{name}/case.toml: ")
    assert "<topic>_483" in line


@pytest.mark.parametrize("absent", [["repro.py"], ["typing_check.py"], ["README.md"], ["repro.py", "README.md"]])
def test_missing_programs_are_named(absent: list[str], tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, GOOD, {name: text for name, text in PROGRAMS.items() if name not in absent})
    assert f"the directory has no {', '.join(absent)};" in line


def test_something_must_tell_the_sides_apart(tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, without("symptom"))
    assert "nothing tells the sides apart; write a [[symptom]] or mark a line of typing_check.py # E: <code>" in line


def test_a_marked_line_tells_the_sides_apart(tmp_path: Path) -> None:
    write_case(tmp_path / NAME, without("symptom"), {**PROGRAMS, "typing_check.py": "a, b = c  # E: str-unpack\n"})
    assert [found.name for found in load_catalogue(tmp_path)] == [NAME]


@pytest.mark.parametrize("text", ["x = 1  # E: Nope!\n", "x = (  # E: misc\n", "  x = 1\n y = 2\n"])
def test_a_typing_check_that_cannot_be_read_is_named(text: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, GOOD, {**PROGRAMS, "typing_check.py": text})
    assert line.startswith(f"{FILE}: typing_check.py")


@pytest.mark.parametrize("text", [b"issue = ", b"issue = 1\nissue = 2\n", b"title = '\xff'", b"[links", b"\x00"])
def test_a_file_that_is_no_toml_is_named(text: bytes, tmp_path: Path) -> None:
    write_case(tmp_path / NAME, GOOD)
    (tmp_path / NAME / "case.toml").write_bytes(text)
    (line,) = refusal(tmp_path)
    assert line.startswith(f"{FILE}: this is no TOML file: ")


def test_all_errors_of_all_files_are_shown_together(tmp_path: Path) -> None:
    document = changed("issue", "483") | {
        "isue": 1,
        "boundaries": [BOUNDARY | {"profile": "never"}, BOUNDARY | {"x": 1}],
    }
    write_case(tmp_path / "first_483", document)
    write_case(tmp_path / "good_483", GOOD)
    write_case(tmp_path / "second_483", without("title"))
    assert [line.split(": ")[:2] for line in refusal(tmp_path)] == [
        ["cases/first_483/case.toml", "isue"],
        ["cases/first_483/case.toml", "issue"],
        ["cases/first_483/case.toml", "boundaries[0].profile"],
        ["cases/first_483/case.toml", "boundaries[1].x"],
        ["cases/second_483/case.toml", "title"],
    ]


def test_every_boundary_off_the_index_is_shown(tmp_path: Path) -> None:
    lines = refusal_of(
        tmp_path, GOOD | {"boundaries": [BOUNDARY, BOUNDARY | {"broken": "0.1.0"}, BOUNDARY | {"fixed": "99"}]}
    )
    assert [line.split(": ")[1] for line in lines] == ["boundaries[1]", "boundaries[2]"]


def test_a_catalogue_without_a_case_is_refused(tmp_path: Path) -> None:
    (line,) = refusal(tmp_path)
    assert line.startswith(f"{tmp_path}: no case here")


def test_cases_are_selected_by_name() -> None:
    first, second = case("session_lost_7"), case("header_lost_7")
    assert select([first, second], ["header_lost_7"]) == (second,)
    assert select([first, second], []) == (first, second)


def test_an_unknown_case_is_named_beside_the_known_ones() -> None:
    cases = [case("session_lost_7"), case("header_lost_7")]
    with pytest.raises(UserError, match="no case is called nope, neither; the cases are session_lost_7, header_lost_7"):
        select(cases, ["nope", "session_lost_7", "neither"])
