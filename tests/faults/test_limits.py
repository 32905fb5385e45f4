"""What never ends: a search, a file, a device in place of one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.support.exits import Exit
from tests.support.faults import Take, Yard, one_line, right
from tests.support.projects import GREETING, MiniatureCase

SYMPTOM = '[[symptom]]\nraises = "AssertionError"\nraised_in = "starlette/greeting.py"\nmatches = \'^(a|a)*$\'\n'


def test_a_search_never_ends(tmp_path: Path, seen: Take) -> None:
    case = MiniatureCase("greeting_1", (("1.0", "1.1"),), {**GREETING, "symptom": SYMPTOM})
    yard = Yard.lay_out(tmp_path, "says_much", [case])
    seen(right(yard.check(), Exit.NOT_OBSERVED, "did not end within 2 s"))


def _zero(place: Path) -> None:
    place.symlink_to("/dev/zero")


def _enormous(place: Path) -> None:
    place.touch()
    os.truncate(place, 1 << 40)


ENDLESS: dict[str, Callable[[Path], None]] = {
    "a FIFO": os.mkfifo,
    "a link to a device": _zero,
    "an enormous file": _enormous,
    "a folder": os.mkdir,
}
ARGUMENTS = {
    "a lock": ["upgrade", "--to", "starlette==1.1", "--from"],
    "waivers": ["upgrade", "--from", "starlette==1.0", "--to", "starlette==1.1", "--waivers"],
    "a shard": ["sweep", "--merge"],
    "release notes": ["ledger", "--notes"],
}


@pytest.mark.parametrize(
    ("argument", "endless"),
    [
        ("a lock", "a FIFO"),
        ("a lock", "a link to a device"),
        ("waivers", "a FIFO"),
        ("waivers", "an enormous file"),
        ("a shard", "a link to a device"),
        ("a shard", "an enormous file"),
        ("release notes", "a link to a device"),
        ("release notes", "a folder"),
    ],
)
def test_an_argument_is(yard: Yard, tmp_path: Path, argument: str, endless: str, seen: Take) -> None:
    ENDLESS[endless](tmp_path / "uv.lock")
    ended = yard.command(*ARGUMENTS[argument], tmp_path / "uv.lock")
    seen(one_line(ended, Exit.WRONG_USE, "uv.lock"))


@pytest.mark.parametrize(
    ("file", "endless"),
    [
        ("case.toml", "a FIFO"),
        ("case.toml", "a link to a device"),
        ("case.toml", "an enormous file"),
        ("typing_check.py", "a link to a device"),
        ("README.md", "an enormous file"),
        ("data.bin", "a FIFO"),
        ("data.bin", "an enormous file"),
    ],
)
def test_a_file_of_a_case_is(yard: Yard, file: str, endless: str, seen: Take) -> None:
    place = yard.project.root / "cases" / "farewell_2" / file
    kept = place.read_bytes() if place.exists() else None
    place.unlink(missing_ok=True)
    ENDLESS[endless](place)
    try:
        ended = yard.check()
    finally:
        place.unlink()
        if kept is not None:
            place.write_bytes(kept)
    seen(one_line(ended, Exit.WRONG_USE, "cases/farewell_2/case.toml"))
