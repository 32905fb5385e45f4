"""Runs that are ended from outside: at once, with all that they started, and without a record that seems whole."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.runs.record import read_record, write_record
from harness.support.errors import UserError
from harness.support.exits import Exit
from tests.support.environments import make_environment
from tests.support.polling import is_running, until
from tests.support.projects import GREETING, MiniatureCase, Project, lay_out

# More than a pool has threads, so that some programs wait for their turn.
MANY = 40
NOTE = "import os\nimport pathlib\n\n(pathlib.Path({folder!r}) / str(os.getpid())).touch()\n"


@dataclass(frozen=True, slots=True)
class Yard:
    """A project whose programs each note their process id in a folder, then hang."""

    project: Project
    notes: Path

    @property
    def programs(self) -> list[int]:
        return [int(note.name) for note in self.notes.iterdir()]

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start a command of the project's, and return as soon as one of its programs runs."""
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=self.project.root,
            env=self.project.variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(lambda: self.programs)
        return process


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Yard]:
    notes = tmp_path / "notes"
    notes.mkdir()
    programs = {**GREETING, "repro.py": NOTE.format(folder=str(notes)) + GREETING["repro.py"]}
    cases = [MiniatureCase(f"greeting_{issue}", (("1.0", "1.1"),), programs) for issue in range(1, MANY + 1)]
    yard = Yard(lay_out(tmp_path, {"1.0": "hangs", "1.1": "hangs"}, cases), notes)
    # An older record that is whole: it must not be taken for this run's.
    write_record(yard.project.record, "nox -s cases", ())
    yield yard
    for program in yard.programs:
        with suppress(ProcessLookupError):
            os.killpg(program, signal.SIGKILL)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_a_run_that_is_cut_short_ends_at_once_and_leaves_no_record_that_reads_back(
    yard: Yard, how: signal.Signals
) -> None:
    nox = yard.start("-m", "nox", "-s", "cases(greeting_1-broken)")
    assert _ended_by(nox, how) != Exit.AS_EXPECTED
    with pytest.raises(UserError, match="cut short"):
        read_record(yard.project.record)


def test_an_interrupted_check_ends_at_once_and_starts_no_program_that_was_still_to_come(
    yard: Yard, tmp_path: Path
) -> None:
    interpreter = make_environment(tmp_path / "venv", [yard.project.wheels / "starlette-1.0-py3-none-any.whl"])
    check = yard.start("-m", "harness", "check", "--python", interpreter)
    assert _ended_by(check, signal.SIGINT) != Exit.AS_EXPECTED
    assert 0 < len(yard.programs) < MANY
    assert [program for program in yard.programs if is_running(program)] == []


def _ended_by(process: subprocess.Popen[bytes], how: signal.Signals) -> int:
    """The exit code of *process* after the signal that a terminal would send to its whole group."""
    os.killpg(process.pid, how)
    try:
        return process.wait(20)
    finally:
        process.kill()
        process.wait()
