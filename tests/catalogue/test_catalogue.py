"""The catalogue: a case file's errors are shown together, with those of its directory; cases are selected by name."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.case_files import BOUNDARY, FILE, GOOD, MARKED, NAME, changed, load, refusal, refusal_of, without
from tests.support.factories import PROGRAMS, write_case


def test_a_good_file_is_read_as_it_stands(tmp_path: Path) -> None:
    write_case(tmp_path / NAME, GOOD, {**PROGRAMS, "typing_check.py": MARKED})
    (found,) = load(tmp_path)
    (boundary,) = found.boundaries
    assert (found.name, found.references.issue, found.title) == (NAME, 483, "A session is lost")
    assert (boundary.broken, boundary.fixed, boundary.profile) == ("0.12.7", "0.12.8", "period")
    assert found.environment.required_names == {"itsdangerous"}
    assert [each.raised_in for each in found.symptom] == ["starlette/requests.py"]
    assert [(mark.line, mark.code) for mark in found.marks] == [(1, "str-unpack")]


@pytest.mark.parametrize(
    "name", ["session_lost", "session_lost_484", "session_lost_1483", "session-lost_483", "483", "_483", "__483"]
)
def test_a_directory_is_named_for_its_topic_and_its_issue(name: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, GOOD, name=name)
    assert line.startswith(f"cases/{name}/case.toml: ")
    assert "write a Python identifier that starts with the topic and ends in _483" in line


@pytest.mark.parametrize("absent", [["repro.py"], ["typing_check.py"], ["README.md"], ["repro.py", "README.md"]])
def test_missing_programs_are_named(absent: list[str], tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, GOOD, {name: text for name, text in PROGRAMS.items() if name not in absent})
    assert f"the directory has no {', '.join(absent)};" in line


def test_something_must_tell_the_sides_apart(tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, without("symptom"))
    assert "nothing tells the sides apart; write a [[symptom]] or mark a line of typing_check.py # E: <code>" in line


def test_a_case_that_is_run_says_what_code_has_to_use(tmp_path: Path) -> None:
    running = without("retired")
    del running["touches"]
    (line,) = refusal_of(tmp_path / "a", running)
    assert line.startswith(
        f"{FILE}: touches: there is none; write a [[touches]] with the name that code has to use, or "
    )
    for n, said in enumerate(({"no_touches": "it lies in the metadata"}, {"retired": GOOD["retired"]})):
        write_case(tmp_path / str(n) / NAME, running | said)
        assert [found.touches for found in load(tmp_path / str(n))] == [()]


def test_a_case_is_stated_where_its_bug_can_be_seen(tmp_path: Path) -> None:
    lines = refusal_of(tmp_path, changed("environment.python", "<3.11"))
    assert [line.removeprefix(f"{FILE}: ").partition(":")[0] for line in lines] == [
        "boundaries[0].profile",
        "open[0].profile",
        "mutant",
    ]
    assert "it is run under today, on CPython >=3.11, and environment.python is <3.11; write no_mutant" in lines[2]
    assert "period runs on CPython >=3.11 and environment.python is <3.11; write a profile" in lines[0]


def test_a_marked_line_tells_the_sides_apart(tmp_path: Path) -> None:
    write_case(tmp_path / NAME, without("symptom"), {**PROGRAMS, "typing_check.py": MARKED})
    assert [found.name for found in load(tmp_path)] == [NAME]


@pytest.mark.parametrize("text", ["x = 1  # E: Nope!\n", "x = (  # E: misc\n", "  x = 1\n y = 2\n"])
def test_a_typing_check_that_cannot_be_read_is_named(text: str, tmp_path: Path) -> None:
    (line,) = refusal_of(tmp_path, GOOD, {**PROGRAMS, "typing_check.py": text})
    assert line.startswith(f"{FILE}: typing_check.py")


def test_a_typing_check_in_another_encoding_is_named(tmp_path: Path) -> None:
    write_case(tmp_path / NAME, GOOD)
    (tmp_path / NAME / "typing_check.py").write_bytes(b"# \xff\n")
    (line,) = refusal(tmp_path)
    assert line.startswith(f"{FILE}: typing_check.py cannot be read: ")
    assert "UTF-8" in line


@pytest.mark.parametrize(
    "text",
    [
        b"issue = ",
        b"issue = 1\nissue = 2\n",
        b"title = '\xff'",
        b"[links",
        b"\x00",
        b"x = " + b"[" * 5000,
        b"x = " + b"1" * 5000,
    ],
    ids=range(7),
)
def test_a_file_that_is_no_toml_is_named(text: bytes, tmp_path: Path) -> None:
    write_case(tmp_path / NAME, GOOD)
    (tmp_path / NAME / "case.toml").write_bytes(text)
    (line,) = refusal(tmp_path)
    assert line.startswith(f"{FILE}: this is not a TOML file: ")


@pytest.mark.parametrize("text", ["title" + ".x" * 2000 + " = 1\n", f"title = 0x{'f' * 5000}\n"], ids=["deep", "huge"])
def test_a_value_that_cannot_be_shown_is_refused(text: str, tmp_path: Path) -> None:
    lines = refusal_of(tmp_path, text)
    assert f"{FILE}: title: what stands here, too long to be shown, is not a string; " in "\n".join(lines)


def test_all_errors_of_all_files_are_shown_together(tmp_path: Path) -> None:
    document = changed("references.issue", "483") | {
        "isue": 1,
        "boundaries": [BOUNDARY | {"profile": "never"}, BOUNDARY | {"x": 1}],
    }
    write_case(tmp_path / "first_483", document)
    write_case(tmp_path / "good_483", GOOD)
    write_case(tmp_path / "second_483", without("title"))
    assert [line.split(": ")[:2] for line in refusal(tmp_path)] == [
        ["cases/first_483/case.toml", "references.issue"],
        ["cases/first_483/case.toml", "boundaries[0].profile"],
        ["cases/first_483/case.toml", "boundaries[1].x"],
        ["cases/first_483/case.toml", "isue"],
        ["cases/second_483/case.toml", "title"],
    ]


def test_every_boundary_off_the_index_is_shown(tmp_path: Path) -> None:
    lines = refusal_of(
        tmp_path, GOOD | {"boundaries": [BOUNDARY, BOUNDARY | {"broken": "0.1.0"}, BOUNDARY | {"fixed": "99"}]}
    )
    assert [line.split(": ")[1] for line in lines] == ["boundaries[1].fixed", "boundaries[2].fixed"]


@pytest.mark.parametrize(
    ("document", "keys"),
    [
        (changed("references.issue", 0) | {"title": ""}, ["title", "references.issue"]),
        (changed("references", {"issue": "x", "fix": "y"}), ["references.issue", "references.fix"]),
        (changed("claims[0].fixed", "soon") | {"title": " "}, ["title", "claims[0].fixed"]),
        (
            changed("boundaries[0]", {"broken": "x", "fixed": "y", "profile": "never"}),
            ["boundaries[0].broken", "boundaries[0].fixed", "boundaries[0].profile"],
        ),
        (
            changed("boundaries[0]", {"broken": "0.12.7", "fixed": "0.12.7", "profile": "never"}),
            ["boundaries[0].profile"],
        ),
        (changed("boundaries[0].broken", "0.12.6") | {"colour": 1}, ["colour", "boundaries[0].fixed"]),
        (
            GOOD | {"boundaries": [{}, BOUNDARY | {"fixed": "99"}], "title": 7},
            ["title", "boundaries[0].broken", "boundaries[0].fixed", "boundaries[0].profile", "boundaries[1].fixed"],
        ),
        (
            changed("environment", {"requires": ["a b", 7, "c d"]}),
            ["environment.requires[0]", "environment.requires[1]", "environment.requires[2]"],
        ),
        (
            changed("symptom[0]", {"raises": "a b", "raised_in": "x", "matches": "("}),
            ["symptom[0].raises", "symptom[0].raised_in", "symptom[0].matches"],
        ),
        (changed("mutant[0]", {"find": "", "replace": "x"}), ["mutant[0].file", "mutant[0].find"]),
    ],
)
def test_every_wrong_value_is_shown_with_its_whole_key(document: Any, keys: list[str], tmp_path: Path) -> None:
    assert {line.split(": ")[1] for line in refusal_of(tmp_path, document)} == set(keys)


def test_whatever_else_is_wrong_the_directory_is_looked_at(tmp_path: Path) -> None:
    document = without("symptom") | {"colour": 1}
    key, programs, mark, name = refusal_of(
        tmp_path, document, {"repro.py": "", "typing_check.py": "x = 1  # E: Nope!\n"}, name="session_lost"
    )
    assert "colour: unknown key" in key
    assert "the directory has no README.md;" in programs
    assert "typing_check.py:1: " in mark
    assert "ends in _483" in name


def test_a_boundary_is_stated_once_under_each_profile(tmp_path: Path) -> None:
    boundaries = [BOUNDARY, BOUNDARY | {"profile": "today"}, BOUNDARY]
    (line,) = refusal_of(tmp_path, GOOD | {"boundaries": boundaries})
    assert line == f"{FILE}: boundaries[2]: it is boundaries[0] again; state each boundary once"


@pytest.mark.parametrize("untyped", [["broken"], ["fixed"], ["broken", "fixed"]])
@pytest.mark.parametrize(
    ("document", "said"), [(without("symptom"), "is all that tells"), (GOOD, "tells the sides apart too")]
)
def test_a_marked_typing_check_needs_types_on_both_sides(
    document: Any, said: str, untyped: list[str], tmp_path: Path
) -> None:
    document = document | {"boundaries": [BOUNDARY | {"untyped": untyped}]}
    (line,) = refusal_of(tmp_path, document, {**PROGRAMS, "typing_check.py": MARKED})
    assert line.startswith(f"{FILE}: boundaries[0].untyped: the typing check {said}")
    assert "cannot be run on a side without types; write a boundary whose sides both ship types" in line


def test_a_control_may_go_without_types(tmp_path: Path) -> None:
    write_case(tmp_path / NAME, changed("boundaries[0].untyped", ["broken"]))
    (found,) = load(tmp_path)
    assert found.boundaries[0].untyped == ("broken",)


def test_a_catalogue_without_a_case_is_refused(tmp_path: Path) -> None:
    (line,) = refusal(tmp_path)
    assert line.startswith(f"{tmp_path}: no case here")
