"""The sessions that nox offers, asked for from another folder."""

import json
import sys
from pathlib import Path

from harness.catalogue.case import Side
from harness.support.paths import CASES, ROOT
from harness.support.processes import run

NAMES = sorted(path.parent.name for path in CASES.glob("*/case.toml"))


def listed(folder: Path, *options: str) -> list[str]:
    command: list[str | Path] = [sys.executable, "-m", "nox", "-f", ROOT / "noxfile.py", "--list", "--json", *options]
    return [each["session"] for each in json.loads(run(command, seconds=60, folder=folder).stdout)]


def sessions(*names: str) -> list[str]:
    return [f"cases({name}-{side})" for name in names for side in Side]


def test_there_is_a_session_for_each_case_and_side(tmp_path: Path) -> None:
    assert [name for name in listed(tmp_path) if name.startswith("cases")] == sessions(*NAMES)


def test_sessions_are_selected_by_an_expression_over_their_names(tmp_path: Path) -> None:
    first, *_ = NAMES
    assert listed(tmp_path, "-k", first) == sessions(first)
    assert listed(tmp_path, "-k", f"{first} and not newest") == sessions(first)[:2]
