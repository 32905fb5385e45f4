"""What surrounds a run changes no verdict unseen: a cache that others touch, and the caller's variables."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from harness.runs.record import read_record
from harness.runs.row import Row
from harness.support.exits import Exit
from tests.support.environments import uv
from tests.support.miniatures import write_wheel
from tests.support.projects import FAREWELL, GREETING, MiniatureCase, Project, lay_out

RELEASES = {"1.0": "has_bug", "1.1": "fixed"}
BOUNDARY = (("1.0", "1.1"),)
CASES = (MiniatureCase("farewell_2", BOUNDARY, FAREWELL), MiniatureCase("greeting_1", BOUNDARY, GREETING))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return lay_out(tmp_path_factory.mktemp("surroundings"), RELEASES, CASES)


@pytest.fixture(scope="module")
def quiet(project: Project, tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The rows of the broken side, where nothing interferes."""
    return _broken_rows(project, tmp_path_factory.mktemp("quiet"), {})


def add_a_distribution(site: Path) -> None:
    extra = write_wheel(site.parent, "extra", "1.0", {"extra.py": ""})
    uv("pip", "install", "--python", site.parents[2], extra)


def take_starlette_away(site: Path) -> None:
    uv("pip", "uninstall", "--python", site.parents[2], "starlette")


def add_a_module_that_runs_at_every_start(site: Path) -> None:
    (site / "sitecustomize.py").write_text("import os\n", encoding="utf-8")


def edit_starlette(site: Path) -> None:
    greeting = site / "starlette" / "greeting.py"
    greeting.write_text(greeting.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")


class TestAnEnvironmentThatWasChangedAfterItWasBuilt:
    """The run that built it was as expected; then somebody touched it. It is built again, and says the same."""

    @pytest.fixture(
        scope="class",
        params=[add_a_distribution, take_starlette_away, add_a_module_that_runs_at_every_start, edit_starlette],
        ids=lambda tamper: tamper.__name__,
    )
    @staticmethod
    def before_and_after(project: Project, request: pytest.FixtureRequest) -> tuple[list[Row], list[Row]]:
        tamper: Callable[[Path], None] = request.param
        cell = ("-s", "cases(greeting_1-broken)")
        built = project.nox(*cell)
        assert built.code == Exit.AS_EXPECTED, built.said
        before = _timeless(project.rows())
        (site,) = (project.root / ".cache" / "environments").glob("*/lib/python*/site-packages")
        tamper(site)
        assert project.nox(*cell).code == Exit.AS_EXPECTED
        return before, _timeless(project.rows())

    def test_changes_no_row(self, before_and_after: tuple[list[Row], list[Row]]) -> None:
        before, after = before_and_after
        assert after == before


def test_a_project_that_was_moved_still_runs_and_from_its_new_place(project: Project, tmp_path: Path) -> None:
    cell = ("-s", "cases(greeting_1-broken)")
    assert project.nox(*cell).code == Exit.AS_EXPECTED
    moved = Project(tmp_path / "moved here", project.home)
    project.root.rename(moved.root)
    try:
        ended = moved.nox(*cell)
        assert ended.code == Exit.AS_EXPECTED, ended.said
        files = [row.starlette_file for row in moved.rows()]
    finally:
        moved.root.rename(project.root)
    assert [Path(str(file)).is_relative_to(moved.root) for file in files] == [True] * len(files)


def test_configurations_of_uvs_and_mypys_that_lie_about_change_no_row(
    project: Project, quiet: list[Row], tmp_path: Path
) -> None:
    configurations = {
        project.root.parent / "uv.toml": f'[pip]\ntarget = "{tmp_path / "elsewhere"}"\n',
        project.root / "mypy.ini": "[mypy]\nignore_errors = True\n",
    }
    for path, text in configurations.items():
        path.write_text(text, encoding="utf-8")
    try:
        assert _broken_rows(project, tmp_path, {}) == quiet
    finally:
        for path in configurations:
            path.unlink()
        shutil.rmtree(project.root / ".cache")


def hostile(folder: Path) -> Mapping[str, str]:
    """Variables that would change what Python, mypy and uv do, and the files they name."""
    shadows = folder / "shadows"
    for module in ("json", "runpy", "starlette/__init__", "starlette/greeting", "sitecustomize", "usercustomize"):
        path = shadows / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("print('hostile')\nraise AssertionError('hostile')\n", encoding="utf-8")
    stub = shadows / "starlette" / "farewell.pyi"
    stub.write_text("class Farewell:\n    def words(self, name: int) -> int: ...\n", encoding="utf-8")
    (shadows / "starlette" / "py.typed").touch()
    (shadows / ".mypy.ini").write_text("[mypy]\nignore_errors = True\n", encoding="utf-8")
    here, nowhere = str(shadows), str(folder / "nowhere")
    python = {
        "PYTHONPATH": here,
        "PYTHONWARNINGS": "error",
        "PYTHONSTARTUP": str(shadows / "sitecustomize.py"),
        "PYTHONHOME": nowhere,
        "PYTHONUSERBASE": here,
        "PYTHONOPTIMIZE": "2",
        "PYTHONINSPECT": "1",
        "PYTHONPYCACHEPREFIX": here,
        "PYTHONSAFEPATH": "1",
    }
    mypy = {"MYPYPATH": here, "MYPY_CACHE_DIR": nowhere, "MYPY_CONFIG_FILE_DIR": here, "HOME": here}
    installers = {
        "VIRTUAL_ENV": nowhere,
        "CONDA_PREFIX": nowhere,
        "UV_PYTHON": "3.7",
        "UV_CONSTRAINT": nowhere,
        "UV_TARGET": nowhere,
        "UV_SYSTEM_PYTHON": "1",
        "UV_PROJECT_ENVIRONMENT": nowhere,
        "PIP_TARGET": nowhere,
    }
    return {**python, **mypy, **installers, "XDG_CONFIG_DIRS": here, "FORCE_COLOR": "1"}


# Steers only what the harness starts: what would break its own interpreter is out of its reach.
BROKEN_ROWS = """
import json, os, sys
from pathlib import Path

from harness.runs.workspace import open_workspace
from harness.runs.plan import plan
from harness.runs.record import write_record
from harness.runs.run import Runner, rows

workspace = open_workspace()
os.environ.update(json.loads(sys.argv[1]))
cells = [cell for cell in plan(workspace.cases, workspace.releases.profiles) if cell.side == "broken"]
jobs = [job for cell in cells for job in cell.jobs(workspace.releases)]
write_record(Path(sys.argv[2]), "a test", rows(Runner(workspace.locked_builder()).run(jobs)))
"""


def test_the_callers_variables_change_no_row(project: Project, quiet: list[Row], tmp_path: Path) -> None:
    assert {row.verdict for row in quiet} == {"affected", "unaffected"}
    assert _broken_rows(project, tmp_path, hostile(tmp_path)) == quiet


def test_what_a_shell_may_export_changes_no_row_of_a_whole_run(
    project: Project, quiet: list[Row], tmp_path: Path
) -> None:
    """Here nox, too, starts with them: without those that no Python program survives."""
    variables = {**hostile(tmp_path), "PYTHONPATH": str(tmp_path / "path")}
    shutil.copytree(tmp_path / "shadows" / "starlette", tmp_path / "path" / "starlette")
    for deadly in ("PYTHONHOME", "PYTHONINSPECT"):
        del variables[deadly]
    shutil.rmtree(project.root / ".cache")
    ended = project.nox("-k", "broken", more=variables)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    assert _timeless(project.rows()) == quiet


def _broken_rows(project: Project, folder: Path, variables: Mapping[str, str]) -> list[Row]:
    """The rows of the broken side, with its environment and caches built anew."""
    shutil.rmtree(project.root / ".cache", ignore_errors=True)
    ended = project.python("-c", BROKEN_ROWS, json.dumps(variables), folder / "rows.jsonl")
    assert ended.code == 0, ended.said
    return _timeless(read_record(folder / "rows.jsonl"))


def _timeless(rows: tuple[Row, ...]) -> list[Row]:
    return [replace(row, seconds=0.0) for row in rows]
