"""One run over miniatures that misbehave in every way: each gets its verdict, and the others go on."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from harness.catalogue.case import Check
from harness.runs.row import Row
from harness.support.exits import Exit
from tests.support.miniatures import pin, write_wheel
from tests.support.projects import FAREWELL, GREETING, Ended, MiniatureCase, Project, lay_out

RELEASES = {
    "1.0": "has_bug",
    "1.1": "fixed",
    "2.0": "hangs",
    "2.1": "dies",
    "3.0": "raises_elsewhere",
    "3.1": "fails_to_import",
    "4.0": "lies_about_its_version",
    "4.1": "vanishes",
    "5.0": "takes_numbers",
    "5.1": "has_no_base",
    "6.0": "untyped",
    "6.1": "fixed",
    # Their locks are taken away, falsified and made to name nothing.
    "7.0": "has_bug",
    "7.1": "has_bug",
    "8.0": "has_bug",
    "8.1": "fixed",
}
CASES = (
    MiniatureCase("confirmed_1", (("1.0", "1.1"),), GREETING),
    MiniatureCase(
        "greeting_2", (("2.0", "2.1"), ("3.0", "3.1"), ("4.0", "4.1"), ("7.0", "7.1"), ("8.0", "8.1")), GREETING
    ),
    MiniatureCase("farewell_3", (("5.0", "5.1"),), FAREWELL),
    MiniatureCase("untyped_4", (("6.0", "6.1"),), GREETING, untyped=("broken",)),
)
EXPECTED = {
    "2.0": ("repro", "inconclusive", "timed_out", "still running after 5 s"),
    "2.1": ("repro", "inconclusive", "died", "signal 9"),
    "3.0": ("repro", "inconclusive", "other_exception", "starlette/elsewhere.py:2"),
    "3.1": ("repro", "inconclusive", "other_exception", "starlette.nowhere"),
    "4.0": ("repro", "inconclusive", "wrong_starlette", "0.0.1"),
    "4.1": ("repro", "inconclusive", "exited", "exit code 0"),
    "5.0": ("typing", "inconclusive", "other_errors", "arg-type"),
    "5.1": ("typing", "inconclusive", "vacuous", "starlette.farewell.Farewell"),
    "6.0": ("typing", "not_applicable", "no_types", "py.typed"),
    "7.0": ("repro", "unavailable", "no_lock", "nox -s lock"),
    "7.1": ("repro", "unavailable", "hash_mismatch", "starlette"),
    "8.0": ("repro", "unavailable", "not_installable", "starlette"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = lay_out(tmp_path_factory.mktemp("trouble"), RELEASES, CASES)
    project.replace("repros/engine.py", "SECONDS = 60.0", "SECONDS = 5.0")
    project.lock("7.0", None)
    project.lock("7.1", f"starlette==7.1 --hash=sha256:{'0' * 64}")
    (project.wheels / "starlette-8.0-py3-none-any.whl").unlink()
    return project


@pytest.fixture(scope="module")
def ended(project: Project) -> Ended:
    return project.nox("-s", "cases")


@pytest.fixture(scope="module")
def rows(project: Project, ended: Ended) -> tuple[Row, ...]:
    assert ended.stdout
    return project.rows()


@pytest.mark.parametrize("release", EXPECTED, ids=lambda release: f"{RELEASES[release]}-{EXPECTED[release][2]}")
def test_a_miniature_that_misbehaves_gets_its_verdict_and_reason(rows: tuple[Row, ...], release: str) -> None:
    check, verdict, reason, evidence = EXPECTED[release]
    (row,) = [row for row in rows if row.release == release and row.check == check]
    assert (row.verdict, row.reason) == (verdict, reason)
    assert evidence in row.evidence


def test_a_release_without_types_still_shows_its_bug(rows: tuple[Row, ...]) -> None:
    (row,) = [row for row in rows if row.release == "6.0" and row.check is Check.REPRO]
    assert row.verdict == "affected"


def test_the_other_cases_and_the_other_programs_go_on(rows: tuple[Row, ...]) -> None:
    troubled = {(release, check) for release, (check, *_) in EXPECTED.items()}
    # What cannot be built, or lies about what it is, is so for mypy too.
    troubled |= {(release, "typing") for release in ("4.0", "7.0", "7.1", "8.0")}
    troubled.remove(("6.0", "typing"))
    assert {(row.release, str(row.check)) for row in rows if row.unobserved or row.differs} == troubled
    assert len(rows) == 2 * (2 * sum(len(case.boundaries) for case in CASES) + len(CASES))


def test_where_nothing_differs_what_could_not_be_observed_is_exit_code_3(ended: Ended) -> None:
    assert ended.code == Exit.NOT_OBSERVED, ended.said


def test_what_could_not_be_observed_is_an_error_in_the_junit_file(project: Project, rows: tuple[Row, ...]) -> None:
    tree = ElementTree.parse(project.root / "reports" / "cases.xml")
    wrong = {test.get("name") for test in tree.iter("testcase") if test.find("error") is not None}
    assert wrong == {row.name for row in rows if row.unobserved}
    assert list(tree.iter("failure")) == []


def test_pytest_sees_what_nox_saw_with_case_check_and_side_in_its_ids(
    project: Project, rows: tuple[Row, ...], tmp_path: Path
) -> None:
    report = tmp_path / "pytest.xml"
    selected = ("confirmed_1", "farewell_3", "untyped_4")
    ended = project.python("-m", "pytest", *(f"cases/{name}" for name in selected), f"--junitxml={report}")
    assert ended.code == pytest.ExitCode.TESTS_FAILED, ended.said
    tests = {test.get("name"): len(test) == 0 for test in ElementTree.parse(report).iter("testcase")}
    assert tests == {row.name: not (row.unobserved or row.differs) for row in rows if row.case in selected}
    assert tests["confirmed_1-repro-broken-1.0-period"]
    assert "expected affected, seen inconclusive (other_errors)" in ended.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_message_that_no_terminal_shows_and_no_xml_holds_is_shown_and_held_all_the_same(
    tmp_path: Path, encoding: str
) -> None:
    case = MiniatureCase("greeting_1", (("1.0", "1.1"),), GREETING)
    project = lay_out(tmp_path, {"1.0": "says_strange_things", "1.1": "fixed"}, [case])
    ended = project.nox("-s", "cases(greeting_1-broken)", more={"PYTHONIOENCODING": encoding})
    assert ended.code == Exit.NOT_OBSERVED, ended.said
    assert "Traceback" not in ended.said
    assert "ValueError" in ended.stdout
    (row,) = [row for row in project.rows() if row.check is Check.REPRO]
    assert (row.verdict, row.reason) == ("inconclusive", "other_exception")
    tree = ElementTree.parse(project.root / "reports" / "cases.xml")
    assert ["ValueError" in str(error.get("message")) for error in tree.iter("error")] == [True]


def test_a_wheel_without_the_package_it_is_named_for_takes_no_other_row_along(tmp_path: Path) -> None:
    case = MiniatureCase("greeting_1", (("1.0", "1.1"),), GREETING)
    project = lay_out(tmp_path, {"1.0": "has_bug", "1.1": "fixed"}, [case])
    project.lock("1.0", pin(write_wheel(project.wheels, "starlette", "1.0", {"other.py": ""})))
    ended = project.nox("-s", "cases")
    assert ended.code == Exit.NOT_OBSERVED, ended.said
    assert {row.unobserved for row in project.rows() if row.release == "1.0"} == {True}
    assert {row.verdict for row in project.rows() if row.release == "1.1"} == {"unaffected"}
