"""Machines that are set up otherwise: the clock, the locale, who may read and write what, who else is at work."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.support.exits import Exit
from tests.support.faults import CASES, Take, Yard, one_line, right, unprivileged

SEEN = "12 observations: 12 as expected."
DAY = 86400
ASCII = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Yard:
    """A project in a folder with a name that is no ASCII, which was run once."""
    folder = tmp_path_factory.mktemp("machines") / "Bücher 書"
    folder.mkdir()
    yard = Yard.lay_out(folder)
    right(yard.command("cases"), Exit.AS_EXPECTED, SEEN)
    return yard


@pytest.mark.parametrize("offset", [DAY, -DAY, None], ids=["back a day", "on a day", "to 1970"])
def test_the_clock_jumped(built: Yard, offset: int | None, seen: Take) -> None:
    """So all that was written before it did is from tomorrow, from yesterday, or from the beginning of time."""
    for place in [built.project.root, *built.project.root.rglob("*")]:
        if not place.is_symlink():
            moment = 0 if offset is None else place.stat().st_mtime + offset
            os.utime(place, (moment, moment))
    seen(right(built.command("cases"), Exit.AS_EXPECTED, SEEN))


def test_the_locale_knows_ascii_alone(built: Yard, seen: Take) -> None:
    ended = built.command("check", "--python", built.python, **ASCII)
    seen(right(ended, Exit.DIFFERS, r"B\xfccher \u66f8"))


def test_python_reads_file_names_as_ascii(built: Yard, seen: Take) -> None:
    ended = built.command("cases", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="C")
    seen(one_line(ended, Exit.WRONG_USE, "unset PYTHONUTF8, or set a locale of UTF-8"))


def test_nobody_else_may_read(tmp_path: Path, seen: Take) -> None:
    yard = Yard.lay_out(tmp_path)
    seen(right(yard.shell('umask 077; "$python" -m harness cases'), Exit.AS_EXPECTED, SEEN))
    seen(right(yard.command("cases"), Exit.AS_EXPECTED, SEEN))


def test_home_cannot_be_written(built: Yard, seen: Take) -> None:
    folders = [built.project.home, built.project.uv_cache]
    for folder in folders:
        folder.chmod(0o555)
    try:
        seen(right(built.shell(unprivileged("check")), Exit.DIFFERS, "has 1 bug (#1)"))
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_home_cannot_be_written_and_nothing_is_built(tmp_path: Path, seen: Take) -> None:
    yard = Yard.lay_out(tmp_path)
    yard.project.home.chmod(0o555)
    try:
        ended = yard.shell(unprivileged('"$python" -m harness cases'))
    finally:
        yard.project.home.chmod(0o755)
    seen(right(ended, Exit.NOT_OBSERVED, "unavailable", "12 could not be observed."))


TWICE = {
    "lock": ["lock", "--case", "greeting_1"],
    "sweep": ["sweep"],
    "upgrade": ["upgrade", "--from", "starlette==1.0", "--to", "starlette==1.1"],
}


@pytest.mark.parametrize("command", TWICE)
def test_two_at_once(tmp_path: Path, command: str, seen: Take) -> None:
    """From nothing, so that both want to build everything."""
    yard = Yard.lay_out(tmp_path)
    with ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda _: yard.command(*TWICE[command]), range(2)))
    for ended in ends:
        assert ended.code == Exit.AS_EXPECTED, ended.said
        assert "Traceback" not in ended.said
    assert yard.command(*TWICE[command]).code == Exit.AS_EXPECTED
    if command == "sweep":
        written = yard.project.root / "evidence"
        assert {f"{case.name}.json" for case in CASES} <= {each.name for each in written.iterdir()}
    seen(f"both as expected, and so is a third (exit {Exit.AS_EXPECTED:d})")
