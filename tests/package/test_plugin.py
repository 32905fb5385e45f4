"""`pytest --starlette-cases`: every case in the user's own environment, an item each."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.miniatures import write_starlette
from tests.support.packages import install, run
from tests.support.projects import FAREWELL, GREETING, Ended, MiniatureCase, Project, lay_out

BOUNDARY = (("1.0", "1.1"),)
CASES = (
    MiniatureCase("farewell_2", BOUNDARY, FAREWELL),
    MiniatureCase("greeting_1", BOUNDARY, GREETING, more='aliases = ["CVE-2020-0001"]\n'),
    MiniatureCase("absent_3", BOUNDARY, GREETING, needs='requires = ["tiny-helper"]'),
)
ITS_TESTS = "def test_of_its_own() -> None:\n    pass\n"
WAIVER = '[[waiver]]\ncase = "{case}"\nreason = "nobody is greeted here"\nexpires = 2999-01-31\n'


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who has the package and some Starlette in an environment, and tests of their own in a folder."""

    project: Project
    interpreter: Path
    folder: Path

    def pytest(self, *arguments: str | Path) -> Ended:
        command = [self.interpreter, "-m", "pytest", "-ra", *arguments]
        return run(self.project, command, self.folder, {"PYTHONPATH": str(self.folder)})

    def waive(self, case: str, expires: str = "2999-01-31") -> Path:
        path = self.folder / "waivers.toml"
        path.write_text(WAIVER.format(case=case).replace("2999-01-31", expires), encoding="utf-8")
        return path


def make_user(folder: Path, *wheels: Path) -> User:
    project = lay_out(folder, {"1.0": "has_bug", "1.1": "fixed"}, CASES)
    here = folder / "a user's"
    here.mkdir()
    (here / "test_own.py").write_text(ITS_TESTS, encoding="utf-8")
    # Not what the suite means by these names.
    for name in ("harness", "repros", "cases", "pydantic"):
        (here / f"{name}.py").write_text("raise SystemExit('this is the user\\'s own')\n", encoding="utf-8")
    return User(project, install(project, folder / "an environment", *wheels), here)


@pytest.fixture(scope="module")
def affected(tmp_path_factory: pytest.TempPathFactory) -> User:
    folder = tmp_path_factory.mktemp("affected")
    return make_user(folder, write_starlette(folder / "wheels", "has_bug", "1.0"))


@pytest.fixture(scope="module")
def dying(tmp_path_factory: pytest.TempPathFactory) -> User:
    folder = tmp_path_factory.mktemp("dying")
    return make_user(folder, write_starlette(folder / "wheels", "dies", "1.1"))


def test_without_the_option_nothing_of_it_is_there(affected: User) -> None:
    ended = affected.pytest("--markers")
    assert "starlette_cases" not in ended.stdout
    assert "1 passed" in affected.pytest().stdout
    loaded = "import sys, starlette_cases.plugin; print({'harness', 'pydantic', 'mypy'} & set(sys.modules))"
    assert run(affected.project, [affected.interpreter, "-c", loaded], affected.project.home).stdout == "set()\n"


def test_a_case_whose_bug_is_there_fails_beside_the_users_own_tests(affected: User) -> None:
    ended = affected.pytest("--starlette-cases")
    assert ended.code == pytest.ExitCode.TESTS_FAILED, ended.said
    assert "collected 4 items" in ended.stdout
    assert "2 failed, 1 passed, 1 skipped" in ended.stdout
    assert (
        "Starlette 1.0 has this bug: #1 miniature\n"
        "  repro: affected: AssertionError: nobody is greeted (starlette/greeting.py:5)\n"
        "  what it is, and what to do without upgrading: "
    ) in ended.stdout
    assert "SKIPPED" in ended.stdout
    assert "repro: not_applicable: missing_package: tiny-helper is not installed" in ended.stdout


def test_items_are_chosen_by_a_number_an_identifier_or_the_mark(affected: User) -> None:
    def chosen(*arguments: str) -> list[str]:
        listed = affected.pytest("--starlette-cases", "--collect-only", "-q", *arguments).stdout.splitlines()
        return [line for line in listed if "::" in line]

    assert chosen("-k", "CVE-2020-0001") == ["starlette_cases::greeting_1"]
    assert chosen("-m", "starlette_cases", "-k", "bug and types and not absent_3") == [
        "starlette_cases::farewell_2",
        "starlette_cases::greeting_1",
    ]


def test_a_waiver_expects_the_failure_and_with_runxfail_there_is_none(affected: User) -> None:
    waivers = affected.waive("CVE-2020-0001")
    chosen = ("--starlette-cases", "--starlette-cases-waivers", waivers, "-k", "greeting_1")
    ended = affected.pytest(*chosen)
    assert ended.code == pytest.ExitCode.OK, ended.said
    assert "XFAIL starlette_cases::greeting_1 - " in ended.stdout
    assert "nobody is greeted here (until 2999-01-31)" in ended.stdout
    assert affected.pytest(*chosen, "--runxfail").code == pytest.ExitCode.TESTS_FAILED


def test_a_waiver_that_is_wrong_ends_the_run_before_any_test(affected: User) -> None:
    waivers = affected.waive("greeting_1", expires="2001-01-31")
    ended = affected.pytest("--starlette-cases", "--starlette-cases-waivers", waivers)
    assert ended.code == pytest.ExitCode.USAGE_ERROR, ended.said
    assert f"ERROR: {waivers}: waiver[0].expires: 2001-01-31 is over, today is " in ended.stderr


def test_what_cannot_be_told_fails_takes_no_other_along_and_a_waiver_too_many_fails(dying: User) -> None:
    waivers = dying.waive("farewell_2")
    ended = dying.pytest("--starlette-cases", "--starlette-cases-waivers", waivers, "-m", "starlette_cases")
    assert ended.code == pytest.ExitCode.TESTS_FAILED, ended.said
    assert "Starlette 1.1 could not be told to be free of this bug: #1 miniature" in ended.stdout
    assert "repro: inconclusive: " in ended.stdout
    assert "waived, and not there: remove the waiver of farewell_2" in ended.stdout
    assert "2 failed, 1 skipped, 1 deselected" in ended.stdout


def test_the_first_worker_of_a_distributed_run_leaves_for_the_others_what_it_found(dying: User, tmp_path: Path) -> None:
    (dying.folder / "worker.py").write_text(
        f"def pytest_configure(config):\n    config.workerinput = {{'starlette_cases': {str(tmp_path)!r}}}\n",
        encoding="utf-8",
    )
    chosen = ("--starlette-cases", "-p", "worker", "-k", "farewell_2")
    assert "1 passed" in dying.pytest(*chosen).stdout
    found = tmp_path / "found.json"
    found.write_text(found.read_text(encoding="utf-8").replace('"passed"', '"failed"'), encoding="utf-8")
    assert "1 failed" in dying.pytest(*chosen).stdout


def test_an_environment_without_starlette_is_refused_in_a_line(tmp_path: Path) -> None:
    user = make_user(tmp_path)
    ended = user.pytest("--starlette-cases")
    assert ended.code == pytest.ExitCode.USAGE_ERROR, ended.said
    assert ended.stderr.strip() == (
        f"ERROR: {user.interpreter}: no Starlette is installed there; name an environment that has it"
    )
