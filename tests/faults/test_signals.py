"""Runs that are ended from outside while a program hangs: what they started goes with them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.support.files import clear
from tests.support.faults import Take, Yard
from tests.support.polling import is_running, until
from tests.support.projects import GREETING, MiniatureCase

# In seconds: how long what was started may go on.
SOON = 2.0
# The program, and a process of its own in another session, as a daemon is.
NOTE = """import os, pathlib, subprocess, sys
folder = pathlib.Path({folder!r})
note = "import os, pathlib, sys, time; (pathlib.Path(sys.argv[1]) / str(os.getpid())).touch(); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", note, str(folder)], start_new_session=True)
(folder / str(os.getpid())).touch()
"""
COMMANDS = {
    "cases": ["-s", "cases(greeting_1-broken)"],
    "check": ["-s", "check", "--", "--python"],
    "upgrade": ["-s", "upgrade", "--", "--from", "starlette==1.0", "--to", "starlette==1.1"],
    "bisect": ["-s", "bisect", "--", "greeting_1"],
    "sweep": ["-s", "sweep"],
    "mutants": ["-s", "mutants"],
}


@dataclass(frozen=True, slots=True)
class Hanging:
    """A project whose programs each note two process ids in a folder, then hang."""

    yard: Yard
    notes: Path
    temporary: Path

    @property
    def noted(self) -> list[int]:
        return [int(note.name) for note in self.notes.iterdir()]

    def start(self, command: str) -> subprocess.Popen[bytes]:
        """Start a session of nox, and return as soon as a program of it hangs."""
        more = [str(self.yard.python)] if command == "check" else []
        process = subprocess.Popen(
            [sys.executable, "-m", "nox", *COMMANDS[command], *more],
            cwd=self.yard.project.root,
            env=self.yard.project.variables({"TMPDIR": str(self.temporary)}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        until(lambda: len(self.noted) >= 2 and len(self.noted) % 2 == 0)
        return process


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Hanging:
    folder = tmp_path_factory.mktemp("signals")
    notes, temporary = folder / "notes", folder / "temporary"
    notes.mkdir()
    temporary.mkdir()
    programs = {**GREETING, "repro.py": NOTE.format(folder=str(notes)) + GREETING["repro.py"]}
    return Hanging(
        Yard.lay_out(folder, "hangs", [MiniatureCase("greeting_1", (("1.0", "1.1"),), programs)], "hangs"),
        notes,
        temporary,
    )


@pytest.fixture
def hanging(laid_out: Hanging) -> Iterator[Hanging]:
    yield laid_out
    for process in laid_out.noted:
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
        (laid_out.notes / str(process)).unlink()
    for left in laid_out.temporary.iterdir():
        clear(left)


@pytest.mark.parametrize(
    ("command", "how"),
    [
        *((command, signal.SIGTERM) for command in COMMANDS),
        ("cases", signal.SIGHUP),
        ("check", signal.SIGHUP),
        ("cases", signal.SIGINT),
    ],
    ids=lambda each: each if isinstance(each, str) else each.name,
)
def test_ended(hanging: Hanging, command: str, how: signal.Signals, seen: Take) -> None:
    process = hanging.start(command)
    process.send_signal(how)
    said, _ = process.communicate(timeout=20)
    assert process.returncode not in (0, 1, 3), said
    assert b"Traceback" not in said
    until(lambda: not any(map(is_running, hanging.noted)), SOON)
    assert sorted(hanging.temporary.iterdir()) == []
    seen(f"{len(hanging.noted)} processes are gone, and the temporary files (exit {process.returncode})")


def test_killed(hanging: Hanging, seen: Take) -> None:
    """Who is killed can end nobody: the program notices that it is deserted."""
    process = hanging.start("check")
    process.kill()
    process.communicate()
    program = next(each for each in hanging.noted if os.getsid(each) != each)
    until(lambda: not is_running(program), SOON)
    seen("the program is gone")


def test_hangup_is_ignored_under_nohup(hanging: Hanging, seen: Take) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = hanging.start("check")
    finally:
        signal.signal(signal.SIGHUP, before)
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    process.terminate()
    process.communicate(timeout=20)
    seen("goes on")
