"""Whole runs of nox and of pytest over cases about miniatures, each in a project of its own."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from harness.catalogue.case import Check, Side
from harness.environments.locks import ENVIRONMENTS
from harness.runs.row import Row
from harness.support.exits import Exit
from tests.support.projects import FAREWELL, GREETING, Ended, MiniatureCase, Project, lay_out

BOUNDARY = (("1.0", "1.1"),)
CASES = (MiniatureCase("farewell_2", BOUNDARY, FAREWELL), MiniatureCase("greeting_1", BOUNDARY, GREETING))
WORKAROUND = '"""Greets by hand."""\n\nimport starlette\n\nprint(end=starlette.__doc__ or "")\n'


@dataclass(frozen=True, slots=True)
class Run:
    """A run that has ended, and its record."""

    project: Project
    ended: Ended
    rows: Sequence[Row]

    @property
    def summary(self) -> set[tuple[str, str, str, str]]:
        return {(row.case, str(row.side), row.check, row.verdict) for row in self.rows}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A first run over two cases that are as they should be."""
    project = lay_out(tmp_path_factory.mktemp("good"), {"1.0": "has_bug", "1.1": "fixed"}, CASES)
    (project.root / "cases" / "greeting_1" / "workaround.py").write_text(WORKAROUND, encoding="utf-8")
    ended = project.nox("-s", "cases")
    return Run(project, ended, project.rows())


def test_confirmed_boundaries_end_in_exit_code_0(good: Run) -> None:
    assert good.ended.code == Exit.AS_EXPECTED, good.ended.said


def test_every_program_is_affected_where_it_tells_and_unaffected_elsewhere(good: Run) -> None:
    telling = {("farewell_2", "broken", "typing"), ("greeting_1", "broken", "repro")}
    others = {
        (case, side, check)
        for case in ("farewell_2", "greeting_1")
        for side in ("broken", "fixed", "newest")
        for check in ("repro", "typing")
    } | {("greeting_1", "broken", "workaround")}
    assert good.summary == {(*each, "affected" if each in telling else "unaffected") for each in others}


def test_rows_are_in_the_order_of_the_catalogue_and_of_the_sides_however_they_ran(good: Run) -> None:
    ran = [(row.case, str(row.side)) for row in good.rows]
    assert list(dict.fromkeys(ran)) == [(case.name, str(side)) for case in CASES for side in Side]


def test_a_row_says_what_was_installed_and_which_starlette_was_imported(good: Run) -> None:
    row = next(row for row in good.rows if row.check is Check.REPRO and row.side is Side.BROKEN)
    assert row.freeze == ("starlette==1.0",)
    assert row.starlette_file is not None
    assert Path(row.starlette_file).is_relative_to(good.project.root / ".cache" / "environments")


def test_the_junit_file_has_a_test_for_each_observation_and_no_failure(good: Run) -> None:
    tree = ElementTree.parse(good.project.root / "reports" / "cases.xml")
    names = [test.get("name") for test in tree.iter("testcase")]
    assert sorted(map(str, names)) == sorted(row.name for row in good.rows)
    assert list(tree.iter("failure")) == list(tree.iter("error")) == []


def test_what_is_printed_names_the_cases_and_where_the_exception_was_raised(good: Run) -> None:
    for words in ("greeting_1", "farewell_2", "AssertionError: nobody is greeted (starlette/greeting.py:5)"):
        assert words in good.ended.stdout


def test_a_second_run_needs_neither_wheels_nor_uvs_cache_and_its_record_is_the_same(good: Run, tmp_path: Path) -> None:
    away = [
        (folder, folder.with_name(f"{folder.name}, gone")) for folder in (good.project.wheels, good.project.uv_cache)
    ]
    for folder, gone in away:
        folder.rename(gone)
    try:
        ended = good.project.nox("-f", good.project.root / "noxfile.py", "-s", "cases", folder=tmp_path)
    finally:
        for folder, gone in away:
            gone.rename(folder)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert _timeless(good.project.rows()) == _timeless(good.rows)
    assert list(tmp_path.iterdir()) == []


def test_a_session_alone_runs_one_case_on_one_side(good: Run) -> None:
    ended = good.project.nox("-s", "cases(greeting_1-fixed)")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert {(row.case, row.side) for row in good.project.rows()} == {("greeting_1", Side.FIXED)}


def test_keywords_select_a_case_and_a_side(good: Run) -> None:
    ended = good.project.nox("-k", "greeting_1 and broken")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert {(row.case, row.side) for row in good.project.rows()} == {("greeting_1", Side.BROKEN)}


def test_keywords_that_select_nothing_are_no_success(good: Run) -> None:
    assert good.project.nox("-k", "no_such_case and broken").code != Exit.AS_EXPECTED


def test_an_unknown_session_is_wrong_use(good: Run) -> None:
    ended = good.project.nox("-s", "cases(nope-broken)")
    assert ended.code == Exit.WRONG_USE
    assert "no session is called cases(nope-broken); write a name that nox -l lists" in ended.stderr
    assert "Traceback" not in ended.said


def test_a_case_named_as_a_session_is_answered_with_its_sessions(good: Run) -> None:
    ended = good.project.nox("-s", "cases(greeting_1)")
    assert ended.code == Exit.WRONG_USE
    assert 'write "cases(greeting_1-broken)" "cases(greeting_1-fixed)" "cases(greeting_1-newest)"' in ended.stderr


@pytest.mark.parametrize("asked", [("-k", "1"), ("-s", "cases", "-k", "1"), ("-s", "sweep", "-k", "1")])
def test_a_number_as_keyword_selects_the_cells_of_that_case_and_nothing_else(good: Run, asked: Sequence[str]) -> None:
    listed = good.project.nox("-l", *asked)
    selected = [line.split()[1] for line in listed.stdout.splitlines() if line.startswith("* ")]
    assert selected == [f"cases(greeting_1-{side})" for side in Side]
    assert "sweep" not in listed.stdout


@pytest.mark.parametrize("keywords", ["not newest", "greeting_1 or sweep or lock"])
def test_keywords_never_select_what_is_no_cell(good: Run, keywords: str) -> None:
    listed = good.project.nox("-l", "-k", keywords).stdout
    assert {line.split("(")[0] for line in listed.splitlines() if line.startswith("* ")} == {"* cases"}


def test_every_cell_is_run_in_one_visit_to_each_environment(good: Run) -> None:
    environments = {row.starlette_file for row in good.rows if row.check is Check.REPRO}
    assert len(environments) == len({row.release for row in good.rows}) == 2


def test_help_after_the_dashes_is_shown_and_nothing_is_run(good: Run) -> None:
    before = good.project.record.read_bytes()
    ended = good.project.nox("-s", "cases", "--", "--help")
    assert "--swap" in ended.stdout
    assert "Traceback" not in ended.said
    assert good.project.record.read_bytes() == before


def test_swapping_broken_and_fixed_breaks_every_confirmation(tmp_path: Path) -> None:
    project = lay_out(tmp_path, {"1.0": "fixed", "1.1": "has_bug"}, CASES)
    ended = project.nox("-s", "cases")
    assert ended.code == Exit.DIFFERS, ended.said
    telling = [row for row in project.rows() if row.discriminates]
    assert {(row.case, row.side, row.differs) for row in telling} == {
        (case.name, side, True) for case in CASES for side in Side
    }
    assert "✗" in ended.stdout


def test_asking_for_swapped_sides_breaks_every_confirmation_and_leaves_the_newest_release_alone(good: Run) -> None:
    ended = good.project.nox("-s", "cases", "--", "--swap")
    assert ended.code == Exit.DIFFERS, ended.said
    telling = [row for row in good.project.rows() if row.discriminates]
    assert {(row.case, row.side, row.differs) for row in telling} == {
        (case.name, side, side is not Side.NEWEST) for case in CASES for side in Side
    }


def test_an_unknown_option_after_the_dashes_is_wrong_use(good: Run) -> None:
    ended = good.project.nox("-s", "cases", "--", "--nonsense")
    assert ended.code == Exit.WRONG_USE
    assert "--nonsense" in ended.stderr
    assert "Traceback" not in ended.said


class TestABadCaseFile:
    """One case of two has two mistakes: nothing runs."""

    @pytest.fixture(scope="class")
    @staticmethod
    def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
        project = lay_out(tmp_path_factory.mktemp("bad"), {"1.0": "has_bug", "1.1": "fixed"}, CASES)
        project.replace("cases/greeting_1/case.toml", 'profile = "period"', 'profile = "sometime"\ncolour = "blue"')
        return project

    @pytest.mark.parametrize("command", [("nox", "-s", "cases"), ("pytest", "cases")], ids=["nox", "pytest"])
    def test_is_wrong_use_and_every_mistake_is_named_with_its_file(
        self, project: Project, command: Sequence[str]
    ) -> None:
        ended = project.python("-m", *command)
        assert ended.code == Exit.WRONG_USE, ended.said
        for words in ("cases/greeting_1/case.toml: boundaries[0].colour", "boundaries[0].profile: 'sometime'"):
            assert words in ended.said
        assert "Traceback" not in ended.said
        assert not project.record.exists()


@pytest.mark.parametrize("command", [("nox", "-s", "cases"), ("pytest", "cases")], ids=["nox", "pytest"])
def test_locks_that_cannot_be_read_are_wrong_use(tmp_path: Path, command: Sequence[str]) -> None:
    project = lay_out(tmp_path, {"1.0": "has_bug", "1.1": "fixed"}, CASES)
    (project.root / "evidence" / "locks" / ENVIRONMENTS).write_text("{", encoding="utf-8")
    ended = project.python("-m", *command)
    assert ended.code == Exit.WRONG_USE, ended.said
    assert ended.said.count(f"{ENVIRONMENTS}: ") == 1
    assert "Traceback" not in ended.said


def test_a_catalogue_without_cases_is_wrong_use(tmp_path: Path) -> None:
    ended = lay_out(tmp_path, {"1.0": "has_bug", "1.1": "fixed"}, ()).nox("-s", "cases")
    assert ended.code == Exit.WRONG_USE
    assert "no case here" in ended.stderr


def _timeless(rows: Sequence[Row]) -> list[Row]:
    return [replace(row, seconds=0.0) for row in rows]
