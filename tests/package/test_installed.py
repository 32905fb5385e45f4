"""The commands of an installed package: the same as in a checkout, but for what only a checkout can do."""

import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from harness.runs.record import read_record
from harness.support.exits import Exit
from harness.support.paths import LOCKS, ROOT
from tests.support.environments import fingerprint
from tests.support.miniatures import write_starlette
from tests.support.packages import install, run
from tests.support.projects import FAREWELL, GREETING, Ended, MiniatureCase, Project, lay_out

BOUNDARY = (("1.0", "1.1"),)
PINNED = re.compile(r"^([\w.-]+)==", re.MULTILINE)
NAMES = ("bisect", "cases", "check", "items", "mutants", "sweep", "upgrade")
COMMANDS = [f"harness.commands.{name}" for name in NAMES]
CASES = (MiniatureCase("farewell_2", BOUNDARY, FAREWELL), MiniatureCase("greeting_1", BOUNDARY, GREETING))


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who has the package in an environment, together with the first release, and calls it elsewhere."""

    project: Project
    interpreter: Path
    folder: Path

    @property
    def package(self) -> Path:
        (place,) = self.interpreter.parent.parent.glob("lib/python*/site-packages/starlette_cases")
        return place

    def run(self, *arguments: str | Path) -> Ended:
        return run(self.project, [self.interpreter, "-m", "starlette_cases", *arguments], self.folder)


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> User:
    folder = tmp_path_factory.mktemp("installed")
    project = lay_out(folder, {"1.0": "has_bug", "1.1": "fixed"}, CASES)
    interpreter = install(project, folder / "an environment", write_starlette(folder / "wheels", "has_bug", "1.0"))
    here = folder / "a user's"
    here.mkdir()
    # Not what is meant by these names.
    for name in ("harness", "repros", "cases"):
        (here / f"{name}.py").write_text("raise SystemExit('this is the user\\'s own')\n", encoding="utf-8")
    return User(project, interpreter, here)


def test_without_a_command_it_says_which_there_are_by_its_own_name(user: User) -> None:
    ended = user.run()
    assert ended.code == Exit.WRONG_USE
    assert ended.stderr.startswith("usage: starlette-cases COMMAND ")
    names = [line.split()[0] for line in ended.stderr.splitlines() if line.startswith("  ")]
    assert names == list(NAMES)
    assert user.run("check", "--help").stdout.startswith("usage: starlette-cases check ")


def test_it_says_which_code_and_which_data_it_is(user: User) -> None:
    ended = user.run("--version")
    assert (ended.code, ended.stdout) == (0, "starlette-cases 1.0.0 (2 cases on 2 releases, as of 2020-01-02)\n")


def test_what_is_about_a_checkout_is_refused_in_a_line(user: User) -> None:
    ended = user.run("lock")
    assert ended.code == Exit.WRONG_USE
    assert ended.stderr == (
        "lock works on a checkout, and this is an installed package: use a clone; "
        "here the commands are bisect, cases, check, items, mutants, sweep, upgrade\n"
    )


def test_a_sweep_that_would_write_evidence_is_refused_in_a_line(user: User) -> None:
    ended = user.run("sweep")
    assert ended.code == Exit.WRONG_USE
    assert ended.stderr == (
        "sweep: evidence is written in a checkout, and this is an installed package; give --verify\n"
    )


def test_its_environment_is_checked_and_what_is_built_lies_in_the_users_cache(user: User) -> None:
    before = contents(user.package)
    ended = user.run("check", "--python", user.interpreter)
    assert ended.code == Exit.DIFFERS, ended.said
    page = user.package / "checkout" / "cases" / "greeting_1" / "README.md"
    assert page.is_file()
    assert str(page) in ended.stdout
    assert (user.project.home / ".cache" / "starlette-cases").is_dir()
    assert contents(user.package) == before


def test_the_cases_are_run_and_the_record_lies_in_the_current_folder(user: User) -> None:
    ended = user.run("cases", "--case", "greeting_1", "--all")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert "greeting_1: 1.0 has it, 1.1 does not, under period: confirmed" in ended.stdout
    rows = read_record(user.folder / "reports" / "cases.jsonl")
    assert {row.side for row in rows} == {"broken", "fixed", "newest"}


def test_its_commands_import_nothing_but_what_the_wheel_depends_on() -> None:
    runtime, every = (set(PINNED.findall((LOCKS / f"{name}.txt").read_text("utf-8"))) for name in ("runtime", "dev"))
    names = packages_distributions().items()
    modules = [module for module, each in names if set(map(canonicalize_name, each)) <= every - runtime]
    assert {"jinja2", "nox", "pytest"} <= set(modules)
    code = f"import sys; sys.modules.update(dict.fromkeys({modules})); import {', '.join(COMMANDS)}"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_an_upgrade_is_compared(user: User) -> None:
    ended = user.run("upgrade", "--from", "starlette==1.0", "--to", "starlette==1.1")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert "fixed" in ended.stdout


def contents(folder: Path) -> dict[str, tuple[int, str]]:
    """What lies in *folder*, but for compiled bytecode and the time stamps of the folders that hold it."""
    return {
        name: each
        for name, each in fingerprint(folder).items()
        if "__pycache__" not in name and not (folder / name).is_dir()
    }
