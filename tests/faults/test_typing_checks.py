"""Typing checks that mypy would pass whatever Starlette were like: refused, or seen through."""

from collections.abc import Sequence

import pytest

from harness.runs.row import Row
from harness.support.exits import Exit
from tests.support.faults import CASES, Take, Yard, one_line
from tests.support.projects import MiniatureCase

BEGIN = '"""The words are text."""\n\n'
USES = 'from starlette.farewell import Farewell\n\ntext: str = Farewell().words("ada")'
MARKED = f"{BEGIN}{USES}  # E: assignment\n"
SILENT = {
    "configuration in a comment": f"# mypy: ignore-errors\n{MARKED}",
    "other configuration in a comment": f"# mypy: disable-error-code=assignment\n{MARKED}",
    "type: ignore on the first line": f"# type: ignore\n{MARKED}",
    "type: ignore on the marked line": f"{BEGIN}{USES}  # type: ignore  # E: assignment\n",
    "type: ignore with a code on the marked line": f"{BEGIN}{USES}  # type: ignore[assignment]  # E: assignment\n",
}


@pytest.mark.parametrize("how", SILENT)
def test_refused_is(yard: Yard, how: str, seen: Take) -> None:
    file = yard.project.root / "cases" / "farewell_2" / "typing_check.py"
    usual = file.read_text("utf-8")
    file.write_text(SILENT[how], encoding="utf-8")
    try:
        ended = yard.command("check", "--python", yard.python)
    finally:
        file.write_text(usual, encoding="utf-8")
    seen(one_line(ended, Exit.WRONG_USE, "farewell_2/case.toml", "this comment keeps mypy from saying what it finds"))


INDENTED = USES.replace("\n\n", "\n").replace("\n", "\n    ")
# Each is clean on both sides, whatever it uses.
VACUOUS = {
    "if not TYPE_CHECKING": f"from typing import TYPE_CHECKING\n\nif not TYPE_CHECKING:\n    {INDENTED}\n",
    "sys.exit() first": f"import sys\n\nsys.exit()\n{USES}\n",
    "raise first": f"raise SystemExit\n{USES}\n",
    "assert False first": f"assert False\n{USES}\n",
    "another platform": f'import sys\n\nif sys.platform == "win32":\n    {INDENTED}\n',
    "an old Python": f"import sys\n\nif sys.version_info < (3, 0):\n    {INDENTED}\n",
    "no_type_check": f"from typing import no_type_check\n\n\n@no_type_check\ndef main() -> None:\n    {INDENTED}\n",
    "a loop without end": f"while True:\n    pass\n{USES}\n",
    "a decorator that is Any": (
        "from typing import Any\n\nany_: Any = None\n\n\n@any_\ndef main() -> None:\n    " + INDENTED + "\n"
    ),
    "imported by name": (
        'import importlib\n\nit = importlib.import_module("starlette.farewell")\n'
        'text: str = it.Farewell().words("ada")\n'
    ),
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """What a run says of each, on a release whose types have the bug."""
    greeting = CASES[1].programs
    cases: Sequence[MiniatureCase] = [
        MiniatureCase(f"case_{number}", (("1.0", "1.1"),), {**greeting, "typing_check.py": BEGIN + text})
        for number, text in enumerate([*VACUOUS.values(), f"{USES}\n"], 11)
    ]
    yard = Yard.lay_out(tmp_path_factory.mktemp("typing checks"), cases=cases)
    ended = yard.command("cases")
    assert ended.code in (Exit.DIFFERS, Exit.NOT_OBSERVED), ended.said
    found = [row for row in yard.project.rows() if row.check == "typing" and row.side == "broken"]
    assert found[-1].reason == "other_errors", "the bug is there to be seen"
    return dict(zip(VACUOUS, found, strict=False))


@pytest.mark.parametrize("how", VACUOUS)
def test_seen_through_is(rows: dict[str, Row], how: str, seen: Take) -> None:
    row = rows[how]
    seen(f"{row.verdict}, {row.reason}: {row.evidence}")
    assert (row.verdict, row.reason) in (("inconclusive", "vacuous"), ("inconclusive", "other_errors"))
