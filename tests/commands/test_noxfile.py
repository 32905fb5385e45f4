"""The sessions that nox offers, asked for from another folder."""

import json
import sys
from pathlib import Path

from harness.runs.plan import plan
from harness.runs.workspace import open_workspace
from harness.support.exits import Exit
from harness.support.paths import ROOT
from harness.support.processes import Finished, run

WORKSPACE = open_workspace()
CELLS = plan(WORKSPACE.cases, WORKSPACE.releases.profiles)


def nox(folder: Path, *options: str) -> Finished:
    command: list[str | Path] = [sys.executable, "-m", "nox", "-f", ROOT / "noxfile.py", *options]
    return run(command, seconds=60, folder=folder, extra={"NOX_SCRIPT_MODE": "none"})


def listed(folder: Path, *options: str) -> list[str]:
    return [each["session"] for each in json.loads(nox(folder, "--list", "--json", *options).stdout)]


def sessions(case: str) -> list[str]:
    return [f"cases({cell.name})" for cell in CELLS if cell.case.name == case]


def test_there_is_a_session_for_each_case_and_side(tmp_path: Path) -> None:
    assert listed(tmp_path) == [f"cases({cell.name})" for cell in CELLS]


def test_sessions_are_selected_by_an_expression_over_their_names(tmp_path: Path) -> None:
    name = next(cell.case.name for cell in CELLS if cell.case.boundaries)
    assert listed(tmp_path, "-k", name) == sessions(name)
    assert listed(tmp_path, "-k", f"{name} and not newest") == sessions(name)[:2]


def test_a_wrong_argument_is_said_once_however_many_cells_there_are(tmp_path: Path) -> None:
    finished = nox(tmp_path, "-s", "cases", "--", "--case", "483")
    assert finished.code == Exit.WRONG_USE
    assert finished.stderr.count("unrecognized arguments: --case 483") == 1


def test_help_says_how_cells_are_chosen_and_runs_none(tmp_path: Path) -> None:
    finished = nox(tmp_path, "-s", "cases", "--", "--help")
    assert finished.code == Exit.AS_EXPECTED
    assert finished.stdout.count("nox -k 483") == 1


def test_help_of_a_linter_runs_none(tmp_path: Path) -> None:
    ended = nox(tmp_path, "-s", "lint", "--", "--help")
    assert ended.code == Exit.AS_EXPECTED
    assert ended.stdout == "usage: nox -s lint\n\nCheck style and types.\n"


WITHOUT_RUFF = """
import importlib.util, nox, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "ruff" else found(name, *more)
nox.main()
"""


def test_what_is_not_installed_is_said_with_how_to_install_it(tmp_path: Path) -> None:
    options: list[str | Path] = ["-f", ROOT / "noxfile.py", "-s", "lint"]
    ended = run([sys.executable, "-c", WITHOUT_RUFF, *options], seconds=60, extra={"NOX_SCRIPT_MODE": "none"})
    assert ended.code == Exit.WRONG_USE
    assert "ruff is not installed; run: pip install -r evidence/locks/dev.txt" in ended.stderr
