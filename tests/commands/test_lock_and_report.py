"""`lock --case` asks for what a case adds and for nothing else; `report` writes what the evidence says."""

import json
import sys
from pathlib import Path

import pytest

from harness.support.exits import Exit
from tests.support.environments import fingerprint
from tests.support.miniatures import write_wheel
from tests.support.projects import FAREWELL, GREETING, Ended, MiniatureCase, Project, lay_out

BOUNDARY = (("1.0", "1.1"),)
CASES = (
    MiniatureCase("farewell_2", BOUNDARY, FAREWELL),
    MiniatureCase("greeting_1", BOUNDARY, GREETING, needs='requires = ["tiny-helper"]\ndrivers = ["tiny-driver"]'),
)
README = "# Miniatures\n\n<!-- cases: begin, written by nox -s report -->\n<!-- cases: end -->\n"


def make(folder: Path) -> Project:
    project = lay_out(folder, {"1.0": "has_bug", "1.1": "fixed"}, CASES)
    write_wheel(project.wheels, "tiny_helper", "1.0", {"tiny_helper.py": ""})
    return project


def locked(project: Project, *options: str) -> Ended:
    return project.nox("-s", "lock", "--", *options)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make(tmp_path)


def pinned(project: Project) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((project.locks / "environments.json").read_text("utf-8"))["environments"]
    return found


def test_a_case_is_locked_with_its_layer_and_whichever_of_its_drivers_there_are(project: Project) -> None:
    before = pinned(project)
    ended = locked(project, "--case", "greeting_1")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    after = pinned(project)
    assert {name: after[name] for name in before} == before
    added = {name.partition(" + ")[2]: pins for name, pins in after.items() if name not in before}
    assert added == {"tiny-helper": ["tiny-helper==1.0"], "tiny-driver?": []}
    assert project.nox("-s", "cases").code == Exit.AS_EXPECTED


def test_a_second_time_nothing_is_new_and_nothing_is_written(project: Project) -> None:
    locked(project, "--case", "greeting_1")
    before = fingerprint(project.locks)
    ended = locked(project, "--case", "greeting_1")
    assert "0 of 9 environments of greeting_1 are new" in ended.stdout
    assert fingerprint(project.locks) == before


def test_where_something_cannot_be_resolved_every_environment_of_it_is_named_and_nothing_is_written(
    project: Project,
) -> None:
    next(project.wheels.glob("tiny_helper-*")).unlink()
    before = fingerprint(project.locks)
    ended = locked(project, "--case", "greeting_1")
    assert ended.code == Exit.WRONG_USE
    for name in ("1.0 period 2020-01-02", "1.1 period 2020-01-02", "1.1 today"):
        assert f"{name} + tiny-helper: " in ended.stderr
    assert fingerprint(project.locks) == before


def test_what_another_case_needs_is_not_asked_for(project: Project) -> None:
    next(project.wheels.glob("tiny_helper-*")).unlink()
    assert locked(project, "--case", "farewell_2").code == Exit.AS_EXPECTED


def test_locks_of_another_day_are_not_added_to(project: Project) -> None:
    project.replace("evidence/releases.json", "2020-01-02T00:00:00Z", "2020-01-03T00:00:00Z")
    ended = locked(project, "--case", "greeting_1")
    assert ended.code == Exit.WRONG_USE
    assert "the locks are not of the day in evidence/releases.json; write them all: nox -s lock" in ended.stderr


def test_an_unknown_case_is_not_locked(project: Project) -> None:
    ended = locked(project, "--case", "nope_9")
    assert ended.code == Exit.WRONG_USE
    assert "--case nope_9: no case is called so" in ended.stderr


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose evidence was measured, and whose report was written."""
    project = make(tmp_path_factory.mktemp("report"))
    project.replace("harness/sweep/sweep.py", '"3.11"', f'"{sys.version_info[0]}.{sys.version_info[1]}"')
    (project.root / "README.md").write_text(README, encoding="utf-8")
    project.replace("cases/greeting_1/README.md", "A miniature.", "# A miniature\n\n## Why\n\nNobody is greeted.\n")
    ended = project.nox("-s", "sweep")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    ended = project.nox("-s", "report")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    return project


def test_a_report_is_the_index_of_cases_the_table_the_picture_and_the_site(swept: Project) -> None:
    assert "greeting_1" in (swept.root / "cases" / "README.md").read_text(encoding="utf-8")
    assert "<svg" in (swept.root / "evidence" / "cases.svg").read_text(encoding="utf-8")
    readme = (swept.root / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Miniatures\n")
    assert len(readme) > len(README)
    site = swept.root / "reports" / "site"
    assert (site / "index.html").is_file()
    assert {path.parent.name for path in site.glob("bugs/*/index.html")} == {case.name for case in CASES}


def test_what_was_written_holds_and_is_not_written_again(swept: Project) -> None:
    before = fingerprint(swept.root / "evidence"), fingerprint(swept.root / "cases")
    ended = swept.nox("-s", "report", "--", "--verify")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert "What is generated from the evidence is as it is committed." in ended.stdout
    again = swept.nox("-s", "report")
    assert again.code == Exit.AS_EXPECTED
    # No library's log is among it.
    assert [line for line in again.stderr.splitlines() if not line.startswith("nox > ")] == []
    assert (fingerprint(swept.root / "evidence"), fingerprint(swept.root / "cases")) == before


@pytest.mark.parametrize(
    "file", ["README.md", "cases/README.md", "cases/greeting_1/README.md", "evidence/osv/greeting_1.json"]
)
def test_what_is_not_as_the_evidence_says_is_shown_line_by_line_and_left_as_it_is(swept: Project, file: str) -> None:
    path = swept.root / file
    text = path.read_text(encoding="utf-8")
    edited = text.replace("1.0", "0.9")
    assert edited != text
    path.write_text(edited, encoding="utf-8")
    try:
        ended = swept.nox("-s", "report", "--", "--verify")
        assert path.read_text(encoding="utf-8") == edited
    finally:
        path.write_text(text, encoding="utf-8")
    assert ended.code == Exit.DIFFERS, ended.said
    lines = ended.stdout.splitlines()
    assert f"--- committed {path.name}" in lines
    assert [line for line in lines if line.startswith("-") and "0.9" in line]
    assert [line for line in lines if line.startswith("+") and "1.0" in line]


def test_a_case_without_evidence_and_evidence_without_a_case_are_named(swept: Project) -> None:
    evidence = swept.root / "evidence"
    (evidence / "greeting_1.json").rename(evidence / "gone_8.json")
    try:
        ended = swept.nox("-s", "report")
    finally:
        (evidence / "gone_8.json").rename(evidence / "greeting_1.json")
    assert ended.code == Exit.WRONG_USE, ended.said
    assert "evidence/greeting_1.json: missing; measure it with: nox -s sweep -- --case greeting_1" in ended.stderr
    assert "evidence/gone_8.json: there is no case of this name" in ended.stderr


def test_a_site_is_no_file(swept: Project, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("", encoding="utf-8")
    ended = swept.nox("-s", "report", "--", "--output", tmp_path / "site")
    assert ended.code == Exit.WRONG_USE
    assert "site: Not a directory" in ended.stderr
