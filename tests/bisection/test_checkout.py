"""A checkout for `git bisect run`: real git over a tiny repository, and what its answers must never be."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from harness.bisection.checkout import read_checkout
from harness.catalogue.case import Needs
from harness.commands import bisect, main
from harness.environments.installation import Installer
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.pins import Pins
from harness.environments.resolution import Resolver
from harness.environments.target import Target, Wanted
from harness.releases.profiles import PERIOD, TODAY
from harness.support.errors import UserError
from harness.support.exits import Exit, GitExit
from tests.support.environments import fingerprint
from tests.support.factories import case, environment, profile
from tests.support.factories import index as make_index
from tests.support.machines import MadeUp, Stub
from tests.support.miniatures import starlette_files
from tests.support.projects import GREETING, Ended, MiniatureCase, Project, lay_out

PROJECT_FILE = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "starlette"
version = "1.0"
"""
# Leaves something behind where it builds, as real ones do.
BACKEND = """
import zipfile
from pathlib import Path


def build_wheel(folder, config_settings=None, metadata_directory=None):
    Path("build").mkdir()
    info = "starlette-1.0.dist-info"
    texts = {str(path): path.read_text() for path in Path("starlette").rglob("*") if path.is_file()}
    texts[f"{info}/METADATA"] = "Metadata-Version: 2.1\\nName: starlette\\nVersion: 1.0\\n"
    texts[f"{info}/WHEEL"] = "Wheel-Version: 1.0\\nGenerator: tiny\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    texts[f"{info}/RECORD"] = ""
    with zipfile.ZipFile(Path(folder) / "starlette-1.0-py3-none-any.whl", "w") as wheel:
        for name, text in texts.items():
            wheel.writestr(name, text)
    return "starlette-1.0-py3-none-any.whl"
"""
BUG = {**starlette_files("has_bug", "1.0"), "pyproject.toml": PROJECT_FILE, "backend.py": BACKEND}
# Oldest first; the fourth is the fix.
COMMITS: Mapping[str, Mapping[str, str]] = {
    "broken": BUG,
    "unbuildable": {"backend.py": "no backend\n"},
    "better": {"backend.py": BACKEND, "README.md": "Better.\n"},
    "fix": starlette_files("fixed", "1.0"),
    "fixed": {"README.md": "Fixed.\n"},
}
WHEN = "2019-08-16T23:30:00-05:00"


def git(folder: Path, *arguments: str | Path, more: Mapping[str, str] | None = None) -> Ended:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_COMMITTER_DATE": WHEN}
    names = {f"GIT_{role}_{what}": "ada" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    finished = subprocess.run(
        ["git", *map(str, arguments)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **own, **names, **(more or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    return Ended(finished.returncode, finished.stdout, finished.stderr)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository about a tiny Starlette, with a tag for each commit."""
    folder = tmp_path_factory.mktemp("clone") / "a clone"
    folder.mkdir()
    git(folder, "init", "--quiet")
    for tag, files in COMMITS.items():
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        git(folder, "add", ".")
        assert git(folder, "commit", "--quiet", "-m", tag).code == 0
        git(folder, "tag", tag)
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    case = MiniatureCase("greeting_1", (("1.0", "1.1"),), GREETING)
    project = lay_out(tmp_path_factory.mktemp("project"), {"1.0": "has_bug", "1.1": "fixed"}, [case])
    project.replace("harness/sweep/sweep.py", '"3.11"', f'"{sys.version_info[0]}.{sys.version_info[1]}"')
    return project


def command(project: Project) -> tuple[str | Path, ...]:
    """What git runs, less the interpreter."""
    noxfile = project.root / "noxfile.py"
    return ("-m", "nox", "-f", noxfile, "-s", "bisect", "--", "greeting_1", "--checkout", ".")


def test_git_names_the_commit_that_fixed_it_and_the_checkout_stays_clean(clone: Path, project: Project) -> None:
    git(clone, "bisect", "start", "--term-old=broken", "--term-new=fixed", "fixed", "broken")
    ended = git(clone, "bisect", "run", sys.executable, *command(project), "--find", "fix", more=project.variables())
    fix = git(clone, "rev-parse", "fix").stdout.strip()
    assert f"{fix} is the first fixed commit" in ended.stdout, ended.said
    assert "(2019-08-16) period: affected — AssertionError: nobody is greeted (starlette/greeting.py:5)" in ended.stdout
    git(clone, "bisect", "reset")
    assert git(clone, "status", "--porcelain", "--ignored").stdout == ""


@pytest.mark.parametrize(
    ("commit", "options", "code", "said"),
    [
        ("broken", [], GitExit.NEW, "affected"),
        ("broken", ["--find", "fix", "--profile", "today"], GitExit.OLD, "today: affected"),
        ("unbuildable", [], GitExit.SKIP, "unavailable — not_installable: "),
    ],
)
def test_a_commit_is_told_by_an_exit_code_and_a_line(
    clone: Path, project: Project, commit: str, options: Sequence[str], code: GitExit, said: str
) -> None:
    git(clone, "checkout", "--quiet", commit)
    ended = project.python(*command(project), *options, folder=clone)
    assert ended.code == code, ended.said
    (line,) = ended.stdout.splitlines()
    assert line.startswith(git(clone, "rev-parse", "HEAD").stdout[:10])
    assert said in line


@pytest.mark.parametrize(("commit", "code"), [("broken", GitExit.NEW), ("fixed", GitExit.OLD)])
def test_a_script_is_asked_of_a_commit_for_what_it_showed_on_a_release(
    clone: Path, project: Project, tmp_path: Path, commit: str, code: GitExit
) -> None:
    (tmp_path / "mine.py").write_text(GREETING["repro.py"], encoding="utf-8")
    git(clone, "checkout", "--quiet", commit)
    options = ("--script", tmp_path / "mine.py", "--bad", "1.0", "--checkout", ".")
    noxfile = project.root / "noxfile.py"
    ended = project.python("-m", "nox", "-f", noxfile, "-s", "bisect", "--", *options, folder=clone)
    assert ended.code == code, ended.said
    assert "Looking for AssertionError from starlette/greeting.py" in ended.stdout


def test_an_edited_checkout_is_tested_as_it_is_and_leaves_nothing_behind(clone: Path, project: Project) -> None:
    git(clone, "checkout", "--quiet", "broken")
    (clone / "starlette" / "greeting.py").write_text("from starlette.polite import greet\n", encoding="utf-8")
    (clone / "starlette" / "polite.py").write_text("def greet(name: str) -> str:\n    return name\n", encoding="utf-8")
    (clone / "starlette" / "farewell.py").unlink()
    before, cache = fingerprint(clone / "starlette"), project.root / ".cache"
    # That of releases, from which a script learns, is kept.
    bytecode = set((cache / "bytecode").glob("*"))
    ended = project.python(*command(project), folder=clone)
    assert ended.code == GitExit.OLD, ended.said
    assert ", edited) period: unaffected — ran to its end" in ended.stdout
    assert fingerprint(clone / "starlette") == before
    assert not (clone / "build").exists()
    assert [path.name for path in cache.iterdir() if path.name.startswith(("checkout-", "source-"))] == []
    assert set((cache / "bytecode").glob("*")) == bytecode
    (clone / "starlette" / "polite.py").unlink()
    git(clone, "checkout", "--quiet", "--force", "fixed")


def test_a_bad_case_file_stops_git_where_it_is_wrong_use_elsewhere(clone: Path, project: Project) -> None:
    project.replace("cases/greeting_1/case.toml", "issue = 1\n", "issue = 1\ncolour = 1\n")
    try:
        ended = project.python(*command(project), folder=clone)
        elsewhere = project.nox("-s", "bisect", "--", "greeting_1")
    finally:
        project.replace("cases/greeting_1/case.toml", "colour = 1\n", "")
    assert (ended.code, elsewhere.code) == (GitExit.STOP, Exit.WRONG_USE)
    assert "case.toml: references.colour: unknown key" in ended.stderr


def test_releases_and_a_script_are_bisected_by_the_same_command(project: Project, tmp_path: Path) -> None:
    ended = project.nox("-s", "bisect", "--", "greeting_1")
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert "period: 1.0 is the last affected, 1.1 the first that is not" in ended.stdout
    (tmp_path / "mine.py").write_text(GREETING["repro.py"], encoding="utf-8")
    options = ("--script", "mine.py", "--bad", "1.0", "--good", "1.1")
    noxfile = project.root / "noxfile.py"
    ended = project.nox("-f", noxfile, "-s", "bisect", "--", *options, folder=tmp_path)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert "Looking for AssertionError from starlette/greeting.py" in ended.stdout
    assert "period: 1.0 is the last affected, 1.1 the first that is not" in ended.stdout


def test_dependencies_are_as_of_the_end_of_the_commits_day_in_utc_or_of_the_indexs(clone: Path) -> None:
    checkout, index = read_checkout(clone), make_index("1.0")
    needs = case(environment=Needs(requires=("itsdangerous",), drivers=("httpx",)))
    period, today = (checkout.target(needs, profile(name), index) for name in (PERIOD, TODAY))
    assert (period.cutoff, today.cutoff) == (datetime.fromisoformat("2019-08-18T00:00:00Z"), index.as_of)
    assert (period.layer, period.drivers) == (Wanted.of(["itsdangerous"]), Wanted.of(["httpx"]))


def made(folder: Path) -> Path:
    """An empty package of the right name, and nothing around it."""
    (folder / "starlette").mkdir(parents=True)
    (folder / "starlette" / "__init__.py").touch()
    return folder


def test_a_folder_that_is_no_checkout_of_starlette_is_refused(tmp_path: Path) -> None:
    plain, repository, part = made(tmp_path / "plain"), made(tmp_path / "new"), made(tmp_path / "new" / "part")
    git(repository, "init", "--quiet")
    for folder, said in {
        tmp_path: "there is no starlette/__init__.py",
        tmp_path / "nowhere": "there is no starlette/__init__.py",
        plain: "not a git repository",
        repository: "does not have any commits yet",
        part: "it is a part of the checkout",
    }.items():
        with pytest.raises(UserError, match=said):
            read_checkout(folder)


def test_a_machine_without_git_is_told_so(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(clone))
    with pytest.raises(UserError, match="git cannot be run: No such file"):
        read_checkout(clone)


class StaleInstaller(Installer):
    """Installs what it was given, but for a module that is of another time."""

    def environment(self, pins: Pins, interpreter: Path, *, hashed: bool) -> Environment | Unavailable:
        source = Path(unquote(urlsplit(pins[0].partition(" @ ")[2]).path))
        package = self.cache / "installed" / "starlette"
        shutil.copytree(source / "starlette", package)
        (package / "greeting.py").write_text("stale\n", encoding="utf-8")
        interpreter = self.cache / "installed" / "bin" / "python"
        return environment(interpreter=interpreter, starlette_file=str(package / "__init__.py"))


class AsItIs(Resolver):
    """Resolves a source to itself."""

    def from_source(self, source: Path, target: Target, python: str) -> Pins | Unavailable:
        return (f"starlette @ {source.as_uri()}",)


class Stale(MadeUp):
    """A checkout of this project that builds what is stale."""

    def resolver(self, *, universal: bool = False) -> Resolver:
        return AsItIs(self.locks, self.index.as_of, self.cache)


@pytest.fixture
def made_up(tmp_path: Path) -> Stale:
    profiles = {name: profile(name) for name in (PERIOD, TODAY)}
    stub = Stub()
    stub.installer = StaleInstaller(tmp_path, tmp_path)
    return Stale(make_index("1.0"), profiles, (case(),), tmp_path / "locks", tmp_path / "cache", stub)


def test_a_machine_without_a_fitting_interpreter_is_told_so_and_git_stops(
    clone: Path, made_up: Stale, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    profiles = made_up.profiles | {PERIOD: profile(python="<3")}
    monkeypatch.setattr(bisect, "open_workspace", lambda: replace(made_up, profiles=profiles))
    assert main(["bisect", "session_lost_7", "--checkout", str(clone)]) == GitExit.STOP
    assert "and none was found on this machine; install one" in capsys.readouterr().err


def test_an_installed_starlette_that_is_not_the_one_of_the_checkout_is_not_asked(clone: Path, made_up: Stale) -> None:
    checkout = read_checkout(clone)
    with checkout.environment(made_up, checkout.target(case(), profile(), made_up.index)) as found:
        assert found == Unavailable(Obstacle.WRONG_RELEASE, "starlette/greeting.py is not the one of the checkout")
