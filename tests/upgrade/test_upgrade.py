"""The upgrade command end to end, on miniatures: what is fixed, what is introduced, who is in the way, where to go."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness.support.exits import Exit
from tests.support.environments import make_environment
from tests.support.miniatures import pin, write_wheel
from tests.support.projects import FAREWELL, TOUCHING, Ended, MiniatureCase, Project, lay_out
from tests.support.sources import lay_sources

RELEASES = {
    "1.0": "has_bug",
    "1.1": "fixed",
    "1.2": "raises_elsewhere",
    "1.3": "has_bug",
    "1.4": "fixed",
    "1.5": "fixed",
    "1.6": "has_bug",
}
CASES = (
    MiniatureCase(
        "greeting_1",
        (("1.0", "1.1"),),
        TOUCHING | {"workaround.py": '"""Greets nobody."""\n\nimport starlette.greeting\n'},
        kind="security",
    ),
    MiniatureCase("farewell_2", (("1.0", "1.1"),), FAREWELL),
)


@dataclass(frozen=True, slots=True)
class Suite:
    """A project of miniatures, and a framework that allows Starlette up to 1.3."""

    project: Project

    def upgrade(self, *arguments: str | Path) -> Ended:
        return self.project.python("-m", "harness", "upgrade", *arguments)

    def compared(self, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
        """Exit code and document of a run; its progress is on standard error."""
        ended = self.upgrade(*arguments, "--format", "json")
        assert ended.stdout, ended.said
        return ended.code, json.loads(ended.stdout)

    def lock(self, name: str, *lines: str) -> Path:
        path = self.project.home / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    def wheel(self, name: str) -> Path:
        return self.project.wheels / f"{name}-py3-none-any.whl"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    project = lay_out(tmp_path_factory.mktemp("an upgrade"), RELEASES, CASES)
    write_wheel(project.wheels, "framework", "1.0", {"framework.py": ""}, ["starlette<1.4"])
    write_wheel(project.wheels, "framework", "2.0", {"framework.py": ""}, ["starlette>=1.4"])
    return Suite(project)


def changes(document: dict[str, Any]) -> dict[str, str]:
    return {finding["case"]: finding["change"] for finding in document["findings"]}


@pytest.mark.parametrize(
    ("before", "after", "options", "change", "code"),
    [
        ("1.0", "1.1", (), "fixed", Exit.AS_EXPECTED),
        ("1.1", "1.3", (), "introduced", Exit.DIFFERS),
        ("1.0", "1.3", (), "still_present", Exit.AS_EXPECTED),
        ("1.0", "1.3", ("--strict",), "still_present", Exit.DIFFERS),
        ("1.1", "1.4", (), "never_present", Exit.AS_EXPECTED),
        ("1.1", "1.2", (), "could_not_tell", Exit.NOT_OBSERVED),
    ],
)
def test_each_direction_is_told_by_running_both_sides(
    suite: Suite, before: str, after: str, options: tuple[str, ...], change: str, code: Exit
) -> None:
    ended, document = suite.compared("--from", f"starlette=={before}", "--to", f"starlette=={after}", *options)
    assert changes(document)["greeting_1"] == change
    assert ended == code


def candidate(document: dict[str, Any], role: str) -> dict[str, Any]:
    """The one candidate of that role."""
    found: list[dict[str, Any]] = [each for each in document["candidates"] if role in each["roles"]]
    return found[0]


def test_the_best_release_is_one_above_the_target_that_ran_without_a_bug(suite: Suite) -> None:
    _, document = suite.compared("--from", "starlette==1.1", "--to", "starlette==1.2")
    assert candidate(document, "best")["release"] == "1.4"
    assert document["tried"] == ["1.2", "1.3", "1.4"]


def test_where_nothing_above_the_target_is_free_of_bugs_it_lies_between_the_sides(suite: Suite) -> None:
    _, document = suite.compared("--from", "starlette==1.0", "--candidate", "1.6")
    assert candidate(document, "best")["release"] == "1.5"
    assert document["tried"] == ["1.6", "1.5"]


def test_where_no_release_is_free_of_bugs_it_is_the_best_with_what_remains(suite: Suite) -> None:
    _, document = suite.compared("--from", "starlette==1.5", "--candidate", "1.6")
    best = candidate(document, "best")
    assert best["release"] == "1.6"
    assert {each["case"] for each in best["findings"] if each["change"] == "introduced"} == {"greeting_1", "farewell_2"}


def test_where_no_bug_is_left_there_is_nowhere_else_to_go(suite: Suite) -> None:
    _, document = suite.compared("--from", "starlette==1.0", "--to", "starlette==1.1")
    assert document["candidates"] == []


def test_the_newest_is_the_newest_that_the_pins_allow_and_the_newest_at_all_is_told_beside_it(suite: Suite) -> None:
    lock = suite.lock("requirements.txt", "framework==1.0", "starlette==1.1")
    _, document = suite.compared("--from", lock, "--candidate")
    assert document["after"]["release"] == "1.3"
    assert document["conflicts"] == []
    assert candidate(document, "newest that the pins allow")["release"] == "1.3"
    newest = candidate(document, "newest")
    assert (newest["release"], [each["name"] for each in newest["refused"]]) == ("1.6", ["framework"])
    assert candidate(document, "best that the pins allow")["release"] == "1.2"
    assert candidate(document, "best")["release"] == "1.4"


def test_what_another_distribution_wants_decides_which_starlette_is_compared(suite: Suite) -> None:
    lock = suite.lock("requirements.txt", "framework==1.0", "starlette==1.1")
    for wanted, release in (("framework==2.0", "1.6"), ("framework<2", "1.1")):
        _, document = suite.compared("--from", lock, "--to", wanted)
        assert (document["before"]["release"], document["after"]["release"]) == ("1.1", release)
        assert document["after"]["source"] == f"{lock}, with {wanted}"
    ended = suite.upgrade("--from", lock, "--to", "framework==3")
    assert ended.code == Exit.WRONG_USE
    assert "--to framework==3: it cannot be had beside what is pinned: " in ended.stderr


def test_a_target_that_the_pins_allow_is_the_best_they_allow_where_they_allow_nothing_newer(suite: Suite) -> None:
    lock = suite.lock("requirements.txt", "framework==1.0", "starlette==1.1")
    _, document = suite.compared("--from", lock, "--to", "starlette==1.3")
    allowed = candidate(document, "best that the pins allow")
    assert (allowed["release"], allowed["refused"]) == ("1.2", [])
    suite_of_newest = suite.lock("requirements.txt", "framework==1.0", "starlette==1.3")
    _, document = suite.compared("--from", suite_of_newest, "--to", "framework==1.0")
    assert candidate(document, "best that the pins allow")["release"] == "1.3"


def test_a_plan_names_the_newest_too_even_where_no_bug_is_left(suite: Suite) -> None:
    _, document = suite.compared("--from", "starlette==1.0", "--to", "starlette==1.1", "--plan")
    assert {role for each in document["candidates"] for role in each["roles"]} == {
        *("asked for", "best", "best that the pins allow", "newest", "newest that the pins allow")
    }


def test_a_workaround_is_run_on_the_release_that_has_the_hole(suite: Suite) -> None:
    upgrade = ("--from", "starlette==1.1", "--to", "starlette==1.3", "--workarounds")
    _, document = suite.compared(*upgrade)
    (found,) = document["workarounds"]
    assert (found["case"], found["works"]) == ("greeting_1", True)
    assert (found["row"]["release"], found["row"]["check"]) == ("1.3", "workaround")
    _, document = suite.compared(*upgrade[:2], "--to", "starlette==1.4", "--workarounds")
    assert document["workarounds"] == []


def test_a_lock_is_installed_as_it_is_pinned_and_what_refuses_the_target_is_named_with_its_line(suite: Suite) -> None:
    lock = suite.lock("requirements.txt", "framework==1.0", "starlette==1.1")
    code, document = suite.compared("--from", lock, "--to", "starlette==1.4")
    assert (code, changes(document)["greeting_1"]) == (Exit.AS_EXPECTED, "never_present")
    (conflict,) = document["conflicts"]
    assert (conflict["name"], conflict["line"]) == ("framework", 1)
    assert "framework<=1.0 depends on starlette<1.4" in conflict["reason"]
    _, document = suite.compared("--from", lock, "--to", "starlette==1.3")
    assert document["conflicts"] == []


def test_a_distribution_that_is_not_the_locked_one_is_not_run(suite: Suite) -> None:
    other = pin(suite.wheel("starlette-1.1")).partition("--hash=")[2].strip()
    lock = suite.lock("requirements.txt", f"starlette==1.0 --hash={other}")
    code, document = suite.compared("--from", lock, "--to", "starlette==1.1")
    assert (code, set(changes(document).values())) == (Exit.NOT_OBSERVED, {"could_not_tell"})
    assert {finding["before"]["reason"] for finding in document["findings"]} == {"hash_mismatch"}


def test_an_environment_is_run_in_its_place_with_whatever_was_done_to_it(suite: Suite, tmp_path: Path) -> None:
    interpreter = make_environment(tmp_path / "venv", [suite.wheel("starlette-1.1")])
    (greeting,) = (tmp_path / "venv").rglob("starlette/greeting.py")
    greeting.unlink()
    greeting.write_text(
        'def greet(name: str) -> str:\n    raise AssertionError("nobody is greeted")\n', encoding="utf-8"
    )
    _, document = suite.compared("--from", interpreter, "--to", "starlette==1.1")
    assert changes(document) == {"greeting_1": "fixed", "farewell_2": "never_present"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "starlette==1.0"], "one of the arguments --to --candidate is required"),
        (["--to", "starlette==1.0"], "the following arguments are required: --from"),
        (["--from", "starlette", "--candidate"], "--from starlette: there is no such file"),
        (["--from", "nowhere/uv.lock", "--candidate"], "--from nowhere/uv.lock: there is no such file"),
        (["--from", "framework==1.0", "--candidate"], "it does not pin Starlette"),
        (["--from", "starlette==1.*", "--candidate"], "is not so simple as it has to be"),
        (["--from", "starlette==1.0 starlette==1.1", "--candidate"], "starlette is pinned twice"),
        (["--from", "starlette==1.0 a==b==c", "--candidate"], "'a==b==c' is no requirement"),
        (["--from", "starlette==1.0", "--to", "starlette==new"], "'new' is not a version"),
        (["--from", "starlette==1.0", "--to", "starlette==99"], "Starlette 99 cannot be had"),
        (["--from", "starlette==1.0", "--candidate", "99"], "Starlette 99 cannot be had"),
        (["--from", "cases", "--candidate"], "--from cases: this folder is not an environment"),
        (["--from", "starlette==1.0", "--to", ""], "--to: it is empty; name a lock file"),
        (["--from", "starlette==1.0", "--candidate", ""], "--candidate : '' is not a version"),
        (["--from", "starlette==1.0", "--candidate", "1.1 anyio==4"], "'1.1 anyio==4' is not a version"),
        (["--from", "starlette==1.0", "--candidate", "--output", "harness"], "--output harness: this is a folder"),
        (
            ["--from", "starlette==1.0", "--candidate", "--waivers", "no.toml"],
            "--waivers no.toml: there is no such file",
        ),
        (["--from", "starlette==1.0", "--candidate", "--python", "4"], "--python 4: this is no version of CPython"),
        (["--from", "starlette==1.0", "--candidate", "--python", "3.99"], "none was found on this machine"),
        (
            ["--from", "starlette==1.0", "--candidate", "--source", "nowhere"],
            "--source nowhere: there is no such folder",
        ),
        (["--from", "starlette==1.0", "--candidate", "--output", "nowhere/x"], "there is no folder "),
        (["--from", "starlette==1.0", "--candidate", "--case", "other_1"], "--case other_1: no case is called so"),
    ],
)
def test_a_mistake_is_one_message(suite: Suite, arguments: list[str], said: str) -> None:
    ended = suite.upgrade(*arguments)
    assert ended.code == Exit.WRONG_USE
    assert said in ended.stderr
    assert "Traceback" not in ended.said


def test_on_github_a_summary_and_annotations_are_written_beside_the_output(suite: Suite, tmp_path: Path) -> None:
    lock = suite.lock("requirements.txt", "framework==1.0", "starlette==1.1")
    summary = tmp_path / "summary.md"
    summary.write_text("what was there\n", encoding="utf-8")
    more = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_ACTIONS": "true"}
    target = ("--to", "starlette==1.3", "--format", "json")
    ended = suite.project.python("-m", "harness", "upgrade", "--from", lock, *target, more=more)
    assert json.loads(ended.stdout)
    assert "\n::error " in f"\n{ended.stderr}"
    assert "line=2" in ended.stderr
    assert summary.read_text(encoding="utf-8").startswith("what was there\n")
    assert "introduced" in summary.read_text(encoding="utf-8")


def test_a_waived_bug_is_marked_and_an_unused_waiver_is_refused_after_the_report(suite: Suite, tmp_path: Path) -> None:
    waivers = tmp_path / "waivers.toml"
    table = '[[waiver]]\ncase = "{}"\nreason = "not used here"\nexpires = 2999-12-31\n'
    waivers.write_text(table.format("greeting_1") + table.format("farewell_2"), encoding="utf-8")
    upgrade = ("--from", "starlette==1.1", "--waivers", waivers)
    code, document = suite.compared(*upgrade, "--to", "starlette==1.3")
    assert code == Exit.AS_EXPECTED
    assert {finding["waiver"]["reason"] for finding in document["findings"]} == {"not used here"}
    code, document = suite.compared(*upgrade, "--to", "starlette==1.4")
    assert code == Exit.WRONG_USE
    assert set(changes(document).values()) == {"never_present"}


def test_it_says_where_the_code_uses_what_a_bug_is_about_and_ends_as_without(suite: Suite, tmp_path: Path) -> None:
    code = lay_sources(tmp_path, {"main.py": "from starlette.greeting import greet\n\ngreet()\n"})
    asked = ("--from", "starlette==1.1", "--to", "starlette==1.3")
    ended, document = suite.compared(*asked, "--source", code)
    assert ended == suite.compared(*asked)[0] == Exit.DIFFERS
    touches = {finding["case"]: finding["touch"] for finding in document["findings"]}
    assert touches["farewell_2"] == {"answer": "cannot_tell", "reason": "a miniature", "places": []}
    assert touches["greeting_1"]["answer"] == "used"
    assert touches["greeting_1"]["places"][0] == {"file": f"{code}/main.py", "line": 3}


def test_an_environment_runs_on_its_own_python_alone_and_may_be_named_by_its_folder(
    suite: Suite, tmp_path: Path
) -> None:
    interpreter = make_environment(tmp_path / "venv", [suite.wheel("starlette-1.1")])
    for name in (interpreter, tmp_path / "venv"):
        ended = suite.upgrade("--from", name, "--candidate", "1.1", "--python", "3.8")
        assert ended.code == Exit.WRONG_USE
        assert "--python 3.8: an environment is run as it is, and this one is of 3." in ended.stderr


def test_what_cannot_be_resolved_on_one_side_changes_no_version(suite: Suite, tmp_path: Path) -> None:
    interpreter = make_environment(tmp_path / "venv", [suite.wheel("starlette-1.1")])
    (metadata,) = (tmp_path / "venv").rglob("starlette-1.1.dist-info/METADATA")
    text = metadata.read_text(encoding="utf-8")
    metadata.unlink()
    metadata.write_text(text.replace("Version: 1.1", "Version: 1.1+acme"), encoding="utf-8")
    _, document = suite.compared("--from", interpreter, "--to", "starlette==1.4")
    assert [step["name"] for step in document["steps"]] == ["starlette"]
