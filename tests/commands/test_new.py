"""A new case: its directory has all that is known, and the loader refuses everything that is still to be written."""

import errno
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.bisection.failure import Failure
from harness.bisection.script import Symptom, Wish, read_script
from harness.catalogue.case import Signature
from harness.catalogue.marks import Mark
from harness.commands import new
from harness.commands.skeleton import Skeleton, write
from harness.support.errors import UserError
from harness.support.exits import Exit
from tests.support.case_files import refusal
from tests.support.projects import FAREWELL, GREETING, MiniatureCase, Project, lay_out

SYMPTOM = Signature(raises="AssertionError", raised_in="starlette/requests.py")
SKELETONS = {
    "nothing is known": Skeleton("session_lost_7"),
    "a script was bisected": Skeleton(
        "session_lost_7", "import starlette\n", ("0.12.7", "0.12.8"), "period", SYMPTOM, ("itsdangerous",)
    ),
    "an advisory's": Skeleton("session_lost_cve_2026_54283"),
    "a commit's": Skeleton("session_lost_4ea6e22"),
}


@pytest.mark.parametrize("skeleton", SKELETONS.values(), ids=SKELETONS)
def test_whatever_is_to_be_written_is_refused_by_its_name(skeleton: Skeleton, tmp_path: Path) -> None:
    directory = write(skeleton, tmp_path)
    said = {line.removeprefix(f"cases/{skeleton.name}/case.toml: ").rpartition(": ")[0] for line in refusal(tmp_path)}
    wanted = set(_keys_to_write(tomllib.loads((directory / "case.toml").read_text(encoding="utf-8"))))
    for file in ("repro.py", "typing_check.py", "README.md"):
        lines = (directory / file).read_text(encoding="utf-8").splitlines()
        wanted |= {f"{file}:{number}" for number, line in enumerate(lines, 1) if "TODO" in line}
    assert {name for name in wanted if not any(each.startswith(name) for each in said)} == set()
    assert wanted


def test_what_cannot_be_written_is_one_line_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, *_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(UserError, match=r"session_lost_7: it cannot be written: No space left on device$"):
        write(Skeleton("session_lost_7"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def _keys_to_write(value: Any, key: str = "") -> Iterator[str]:
    """The key of every value that is to be written, as the loader has it."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _keys_to_write(each, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _keys_to_write(each, f"{key}[{number}]")
    elif isinstance(value, str) and "TODO" in value:
        yield key


RAISED = Failure("Lost", "starlette/requests.py", 0, "it is lost", "starlette.requests.Lost")


def learned(tmp_path: Path, text: str, learnt: dict[str, Any], **wish: Any) -> dict[str, str]:
    """The files of a case that is made of a script that was bisected."""
    file = tmp_path / "mine.py"
    file.write_text(text, encoding="utf-8")
    script = read_script(Wish(file, **wish)).model_copy(update=learnt)
    return dict(Skeleton.of("lost_7", script, ("0.2.0", "0.3.0"), "period").files())


def test_what_a_script_raised_becomes_its_symptom_with_the_whole_name_of_its_class(tmp_path: Path) -> None:
    text = "import starlette.testclient, starlette.templating\n"
    files = learned(tmp_path, text, {"learned": RAISED}, matches="lost", requires=("itsdangerous",))
    document = tomllib.loads(files["case.toml"])
    symptom = {"raises": "starlette.requests.Lost", "raised_in": "starlette/requests.py", "matches": "lost"}
    assert document["symptom"] == [symptom]
    supplied = {"optional": ["jinja2"], "drivers": ["httpx", "requests"]}
    assert document["environment"] == {"requires": ["itsdangerous"], **supplied}
    assert files["repro.py"] == text


def test_an_assertion_of_the_scripts_own_is_raised_in_the_repro(tmp_path: Path) -> None:
    own = Failure("AssertionError", "mine.py", 3, "", "AssertionError")
    files = learned(tmp_path, "import starlette\n", {"learned": own})
    assert tomllib.loads(files["case.toml"])["symptom"][0]["raised_in"] == "repro.py"


@pytest.mark.parametrize(
    ("text", "wish", "said"),
    [
        ("", {"symptom": Symptom.EXIT_CODE}, "its exit code"),
        ("", {"symptom": Symptom.HANG}, "not ending"),
        ("", {"symptom": Symptom.WARNING, "category": "Warning"}, "a warning"),
        ("def test_it(): ...\n", {}, "a test that pytest runs"),
    ],
)
def test_what_shows_a_bug_otherwise_is_still_to_be_written_as_a_repro(
    tmp_path: Path, text: str, wish: dict[str, Any], said: str
) -> None:
    files = learned(tmp_path, text, {"learned": RAISED}, **wish)
    assert files["repro.py"] == f"# TODO: let it raise what is wrong: this shows it by {said}.\n{text}"
    assert "TODO" in tomllib.loads(files["case.toml"])["symptom"][0]["raises"]


def test_what_mypy_reported_becomes_the_marks_of_the_typing_check(tmp_path: Path) -> None:
    marks = frozenset([Mark(1, "index"), Mark(1, "arg-type"), Mark(2, "index")])
    text = "one = 1\ntwo = 2\n"
    files = learned(tmp_path, text, {"marks": marks}, symptom=Symptom.TYPES, option="--typing")
    assert files["typing_check.py"] == "one = 1  # E: arg-type, index\ntwo = 2  # E: index\n"
    assert "TODO" in files["repro.py"]


@pytest.mark.parametrize(("name", "known"), [("an advisory's", "CVE-2026-54283"), ("a commit's", None)])
def test_a_name_without_an_issue_refers_to_none_until_it_is_written(
    name: str, known: str | None, tmp_path: Path
) -> None:
    document = tomllib.loads(SKELETONS[name].files()["case.toml"])
    assert document["references"] == {}
    assert document.get("aliases", [None]) == [known]
    write(SKELETONS[name], tmp_path)
    assert [
        line for line in refusal(tmp_path) if "references: it is empty; write an issue, a fix or an advisory" in line
    ]


def test_a_name_that_ends_in_an_advisory_is_no_issues() -> None:
    assert tomllib.loads(Skeleton("lost_ghsa_7f5h_v6xp_fcq8").files()["case.toml"])["aliases"] == [
        "GHSA-7f5h-v6xp-fcq8"
    ]
    assert tomllib.loads(Skeleton("lost_pysec_2026_1942").files()["case.toml"])["aliases"] == ["PYSEC-2026-1942"]
    assert tomllib.loads(Skeleton("cve_lost_1942").files()["case.toml"])["references"] == {"issue": 1942}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["session-lost-7"], "new session-lost-7: write a Python identifier that starts with the topic"),
        (["_lost_7"], "new _lost_7: write a Python identifier"),
        (["session"], "new session: write a Python identifier"),
        (["../lost_7"], "new ../lost_7: write a Python identifier"),
        (["session_websocket_483"], "cases/session_websocket_483 is there already; a name is never used again"),
        (["lost_7", "--script", "x.py"], "--script needs --bad and --good; nothing says"),
        (["lost_7", "--script", "x.py", "--bad", "0.12.7"], "--script needs --good; nothing says"),
        (
            ["lost_7", "--script", "nowhere.py", "--bad", "0.12.7", "--good", "0.12.8"],
            "--script nowhere.py: there is no such file",
        ),
        (["lost_7", "--script", "x.py", "--bad", "99", "--good", "0.12.8"], "--bad 99: it is not on the index"),
        (
            ["lost_7", "--script", "x.py", "--bad", "0.12.7", "--good", "0.12.8", "--profile", "soon"],
            "--profile soon: there are period, today",
        ),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new, "CASES", tmp_path)
    (tmp_path / "session_websocket_483").mkdir()
    with pytest.raises(UserError, match=re.escape(said)):
        new.main(arguments)
    assert [path.name for path in tmp_path.iterdir()] == ["session_websocket_483"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    releases = {"1.0": "fixed", "1.1": "has_bug", "1.2": "fixed", "1.3": "fixed"}
    case = MiniatureCase("farewell_2", (("1.1", "1.2"),), FAREWELL)
    project = lay_out(tmp_path_factory.mktemp("new"), releases, [case])
    (project.home / "mine.py").write_text(GREETING["repro.py"], encoding="utf-8")
    return project


def started(project: Project, name: str, bad: str, good: str) -> tuple[int, str]:
    options = ("--script", project.home / "mine.py", "--bad", bad, "--good", good)
    ended = project.nox("-s", "new", "--", name, *options)
    return ended.code, ended.said


def test_a_script_that_shows_a_bug_becomes_a_case_with_its_boundary_and_its_symptom(project: Project) -> None:
    code, said = started(project, "greeting_lost_1", "1.1", "1.3")
    directory = project.root / "cases" / "greeting_lost_1"
    try:
        assert code == Exit.AS_EXPECTED, said
        document = tomllib.loads((directory / "case.toml").read_text(encoding="utf-8"))
        assert document["boundaries"] == [{"broken": "1.1", "fixed": "1.2", "profile": "period"}]
        (symptom,) = document["symptom"]
        assert (symptom["raises"], symptom["raised_in"]) == ("AssertionError", "starlette/greeting.py")
        assert document["references"] == {"issue": 1}
        assert (directory / "repro.py").read_text(encoding="utf-8") == GREETING["repro.py"]
        assert "nox -s lock -- --case greeting_lost_1" in said
        refused = project.nox("-s", "cases")
        assert refused.code == Exit.WRONG_USE
        assert "cases/greeting_lost_1/case.toml: title: " in refused.said
    finally:
        for file in directory.glob("*"):
            file.unlink()
        directory.rmdir()


@pytest.mark.parametrize(
    ("bad", "good", "said"),
    [
        ("1.2", "1.3", "no boundary was found; name other ends"),
        ("1.1", "1.0", "that is where the bug came from; name a later release"),
    ],
)
def test_where_no_fix_is_found_nothing_is_written(project: Project, bad: str, good: str, said: str) -> None:
    code, whole = started(project, "greeting_lost_1", bad, good)
    assert code == Exit.WRONG_USE, whole
    assert said in whole
    assert not (project.root / "cases" / "greeting_lost_1").exists()
