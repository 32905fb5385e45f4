"""The sessions that nox offers, asked for from another folder."""

import json
import sys
from pathlib import Path

from harness.runs.plan import plan
from harness.runs.workspace import open_workspace
from harness.support.paths import ROOT
from harness.support.processes import run

CELLS = plan(open_workspace().cases)


def listed(folder: Path, *options: str) -> list[str]:
    command: list[str | Path] = [sys.executable, "-m", "nox", "-f", ROOT / "noxfile.py", "--list", "--json", *options]
    finished = run(command, seconds=60, folder=folder, extra={"NOX_SCRIPT_MODE": "none"})
    return [each["session"] for each in json.loads(finished.stdout)]


def sessions(case: str) -> list[str]:
    return [f"cases({cell.name})" for cell in CELLS if cell.case.name == case]


def test_there_is_a_session_for_each_case_and_side(tmp_path: Path) -> None:
    assert listed(tmp_path) == [f"cases({cell.name})" for cell in CELLS]


def test_sessions_are_selected_by_an_expression_over_their_names(tmp_path: Path) -> None:
    name = next(cell.case.name for cell in CELLS if cell.case.boundaries)
    assert listed(tmp_path, "-k", name) == sessions(name)
    assert listed(tmp_path, "-k", f"{name} and not newest") == sessions(name)[:2]
