"""A cache that is full, read only, damaged or taken away: healed, or one line."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from harness.support.exits import Exit
from tests.support.faults import Take, Yard, one_line, right, told, unprivileged
from tests.support.miniatures import write_wheel
from tests.support.polling import until
from tests.support.projects import GREETING, MiniatureCase

SEEN = "6 observations: 6 as expected."


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Yard:
    """For what may damage the cache, which each fault leaves healed."""
    yard = Yard.lay_out(tmp_path_factory.mktemp("cache"))
    assert yard.command("cases", "--case", "greeting_1").code == Exit.AS_EXPECTED
    return yard


def _each(pattern: str, damage: Callable[[Path], object]) -> Callable[[Path], None]:
    def inflict(cache: Path) -> None:
        found = sorted(cache.glob(pattern))
        assert found, pattern
        for each in found:
            damage(each)

    return inflict


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:50])


def _replaced(place: Path) -> None:
    """Put a file where a folder was."""
    shutil.rmtree(place)
    place.touch()


def _spoilt(file: Path) -> None:
    file.write_bytes(b"\0garbage" * 1000)


def _edited_unseen(file: Path) -> None:
    """Edit it so that neither its size nor its time stamp says so."""
    status, text = file.stat(), file.read_text(encoding="utf-8")
    file.write_text(text.replace("AssertionError", "NameError     ").replace("Hello", "Adieu"), encoding="utf-8")
    assert file.stat().st_size == status.st_size
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


DAMAGES = {
    "a file edited, its size and time stamp kept": _each("environments/*/lib/**/greeting.py", _edited_unseen),
    "environment.json cut": _each("environments/*/environment.json", _cut),
    "bin/python gone": _each("environments/*/bin/python", Path.unlink),
    "packages gone": _each("environments/*/lib", shutil.rmtree),
    "a file for an environment": _each("environments/????????????????", _replaced),
    "a file for all environments": _each("environments", _replaced),
    "a file for mypy's caches": _each("mypy", _replaced),
    "a file for one of them": _each("mypy/*/cache", _replaced),
    "mypy's cache spoilt": _each("mypy/*/cache/**/*.db", _spoilt),
    "bytecode cut": _each("bytecode/**/*.pyc", _cut),
    "a file for the bytecode": _each("bytecode", _replaced),
    "everything gone": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged(broken: Yard, damage: Callable[[Path], None], seen: Take) -> None:
    damage(broken.cache)
    seen(right(broken.command("cases", "--case", "greeting_1"), Exit.AS_EXPECTED, SEEN))


def test_uvs_cache_was_edited(tmp_path: Path, seen: Take) -> None:
    """As by whoever edits, in place, what uv installed for another project of theirs by a link."""
    yard = Yard.lay_out(tmp_path)
    assert yard.command("cases", "--case", "greeting_1").code == Exit.AS_EXPECTED
    _each("archive-*/**/greeting.py", _edited_unseen)(yard.project.uv_cache)
    shutil.rmtree(yard.cache)
    why = "unavailable ✗ hash_mismatch: uv's cache holds another starlette/greeting.py"
    seen(right(yard.command("cases", "--case", "greeting_1"), Exit.NOT_OBSERVED, why))
    shutil.rmtree(yard.project.uv_cache)
    right(yard.command("cases", "--case", "greeting_1"), Exit.AS_EXPECTED, SEEN)


COMMANDS = {"cases": (), "sweep": (), "mutants": (), "bisect": ("--", "greeting_1")}


@pytest.mark.parametrize("command", COMMANDS)
def test_it_is_a_file(tmp_path: Path, command: str, seen: Take) -> None:
    yard = Yard.lay_out(tmp_path)
    yard.cache.touch()
    ended = yard.nox("-s", command, *COMMANDS[command])
    seen(one_line(ended, Exit.WRONG_USE, f"nothing can be written in {yard.cache}: Not a directory"))
    assert yard.cache.is_file()


def test_it_may_not_be_written(broken: Yard, seen: Take) -> None:
    broken.cache.chmod(0o555)
    try:
        ended = broken.shell(unprivileged("check"))
    finally:
        broken.cache.chmod(0o755)
    seen(one_line(ended, Exit.WRONG_USE, f"nothing can be written in {broken.cache}: Permission denied"))


OTHER_SHAPES = {
    "observations of another shape": "UPDATE observations SET runs = '[1]'",
    "another table": "DROP TABLE observations; CREATE TABLE observations (a, b)",
}


@pytest.mark.parametrize("shape", OTHER_SHAPES)
def test_stored_observations_are(broken: Yard, shape: str, seen: Take) -> None:
    assert broken.command("sweep").code == Exit.AS_EXPECTED
    file = broken.cache / "observations.sqlite"
    with closing(sqlite3.connect(file)) as database:
        database.executescript(OTHER_SHAPES[shape])
    seen(right(broken.command("sweep"), Exit.AS_EXPECTED, "evidence written for 2 cases."))


@pytest.mark.parametrize("kilobytes", [0, 4])
def test_the_disk_is_full(tmp_path: Path, kilobytes: int, seen: Take) -> None:
    """As far as that can be told from a limit for each file. What was left of them is healed."""
    yard = Yard.lay_out(tmp_path)
    ended = yard.shell(
        f'export PYTHONDONTWRITEBYTECODE=1; ulimit -f {kilobytes}; "$python" -m harness cases --case greeting_1'
    )
    assert ended.code in (Exit.WRONG_USE, Exit.NOT_OBSERVED), ended.said
    assert "Traceback" not in ended.said
    assert len(told(ended)) <= 1, ended.stderr
    seen(f"{' '.join([*told(ended), *ended.stdout.splitlines()[-1:]])} (exit {ended.code})")
    right(yard.command("cases", "--case", "greeting_1"), Exit.AS_EXPECTED, SEEN)


WAITS = (
    "import pathlib, time\nhere = pathlib.Path({here!r})\n(here / 'started').touch()\n"
    "while not (here / 'go').exists():\n    time.sleep(0.01)\n"
)


@pytest.mark.parametrize("part", ["environments", "packages"])
def test_it_is_deleted_in_the_middle(tmp_path: Path, part: str, seen: Take) -> None:
    """While a program runs, after which mypy has its turn."""
    repro = WAITS.format(here=str(tmp_path)) + GREETING["repro.py"]
    case = MiniatureCase(
        "greeting_1", (("1.0", "1.1"),), {**GREETING, "repro.py": repro}, needs='requires = ["helper"]'
    )
    yard = Yard.lay_out(tmp_path, cases=[case])
    write_wheel(yard.project.wheels, "helper", "1.0", {"helper.py": ""})
    assert yard.command("lock", "--case", "greeting_1").code == Exit.AS_EXPECTED
    with ThreadPoolExecutor() as pool:
        running = pool.submit(yard.command, "cases", "--case", "greeting_1")
        until((tmp_path / "started").exists)
        # At once: whoever deletes file by file may be overtaken.
        (yard.cache / part).rename(tmp_path / "deleted")
        (tmp_path / "go").touch()
        ended = running.result()
    assert ended.code == Exit.NOT_OBSERVED, ended.said
    assert "Traceback" not in ended.said
    assert told(ended) == [], ended.stderr
    seen(f"{ended.stdout.splitlines()[-1]} (exit {ended.code})")
    assert yard.command("cases", "--case", "greeting_1").code == Exit.AS_EXPECTED
