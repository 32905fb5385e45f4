"""The built wheel, in an empty environment, with what the package index gives it. This needs the network."""

import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from uv import find_uv_bin

from harness.support.exits import Exit
from harness.support.paths import ROOT

pytestmark = pytest.mark.network
FOLDERS = ("cases", "evidence", "harness", "repros", "starlette_cases", "typing_checks")
# It has the bug of the one case, and not that of the other.
STARLETTE = "starlette==0.36.3"
HAS, HAS_NOT = "url_for_app_only_2672", "connection_getitem_1117"


def run(*command: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)), cwd=folder, capture_output=True, encoding="utf-8", timeout=600, check=False
    )


def uv(*arguments: str | Path) -> None:
    ended = run(find_uv_bin(), *arguments, "--quiet", folder=Path("/"))
    assert ended.returncode == 0, ended.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    uv("build", "--wheel", ROOT, "--out-dir", folder)
    (built,) = folder.glob("*.whl")
    return built


@dataclass(frozen=True, slots=True)
class User:
    """An environment of somebody's with the wheel and a Starlette, and a folder to be in."""

    scripts: Path
    folder: Path

    def __call__(self, script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return run(self.scripts / script, *arguments, folder=self.folder)


@pytest.fixture(scope="module", params=["highest", "lowest-direct"])
def user(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> User:
    """With the newest of what the wheel depends on, and with the oldest that it admits."""
    folder = tmp_path_factory.mktemp("a user's")
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    uv("venv", "--python", sys.executable, folder / "venv")
    wanted = [wheel, *needed, STARLETTE, "pytest>=7.4", "pytest-xdist>=3.5"]
    uv("pip", "install", "--python", folder / "venv", "--resolution", str(request.param), *wanted)
    return User(folder / "venv" / "bin", folder)


def test_the_wheel_has_what_is_committed_and_one_name_of_its_own(wheel: Path) -> None:
    committed = run("git", "ls-files", "-z", *FOLDERS, folder=ROOT).stdout.split("\0")[:-1]
    names = zipfile.ZipFile(wheel).namelist()
    held = {name for name in names if ".dist-info/" not in name}
    expected = {
        name if name.startswith("starlette_cases/") else f"starlette_cases/checkout/{name}" for name in committed
    }
    assert held == expected


def test_the_console_script_checks_an_environment_and_compares_an_upgrade(user: User) -> None:
    checked = user("starlette-cases", "check", "--python", user.scripts / "python", "--case", f"{HAS},{HAS_NOT}")
    assert checked.returncode == Exit.DIFFERS, checked.stderr
    assert HAS in checked.stdout
    assert HAS_NOT not in checked.stdout
    upgraded = user("starlette-cases", "upgrade", "--from", STARLETTE, "--to", "starlette==0.37.2", "--case", HAS)
    assert upgraded.returncode in (Exit.AS_EXPECTED, Exit.DIFFERS), upgraded.stderr
    assert HAS in upgraded.stdout


@pytest.mark.parametrize("workers", ["0", "2"])
def test_the_plugin_is_found_and_runs_the_cases(user: User, workers: str) -> None:
    ended = user("pytest", "--starlette-cases", "-n", workers, "-k", f"{HAS} or {HAS_NOT}")
    assert ended.returncode == pytest.ExitCode.TESTS_FAILED, ended.stdout + ended.stderr
    assert "Starlette 0.36.3 has this bug: #2672 " in ended.stdout
    assert "1 failed, 1 passed" in ended.stdout
