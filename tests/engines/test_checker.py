"""The servers that run mypy: they answer as mypy itself would, within their time, and outlive nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.support.paths import ROOT
from harness.support.processes import Finished, end_all, run
from tests.support.polling import SECONDS, is_running, until
from typing_checks import checker
from typing_checks.checker import Checker

GO_ON = "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
HANG = "time.sleep(600)"


@dataclass(frozen=True, slots=True)
class Seen:
    """The processes of one run of mypy, as what it starts to look for packages sees them."""

    server: int
    mypy: int
    program: int


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A target that notes who runs it."""

    path: Path
    notes: Path

    @classmethod
    def that_does(cls, what: str, folder: Path) -> "Interpreter":
        made = cls(folder / "python", folder / "notes")
        made.notes.touch()
        script = folder / "target.py"
        script.write_text(
            "import os, sys, time\n"
            f"notes = {str(made.notes)!r}\n"
            "with open(notes, 'a') as file:\n"
            "    print(os.getpgrp(), os.getppid(), os.getpid(), file=file)\n"
            f"{what}\n",
            encoding="utf-8",
        )
        # Not the script itself: a path with a space in it is no interpreter for `#!`.
        made.path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I "{script}" "$@"\n', encoding="utf-8")
        made.path.chmod(0o755)
        return made

    @property
    def seen(self) -> list[Seen]:
        return [Seen(*map(int, line.split())) for line in self.notes.read_text(encoding="utf-8").splitlines()]

    def run_by(self, checker: Checker, seconds: float = SECONDS, cache: str = "cache") -> Finished:
        target = [f"--python-executable={self.path}", "--python-version=3.11"]
        arguments = [*target, f"--cache-dir={cache}", "-c", "x = 1"]
        return checker.run(arguments, folder=self.path.parent, seconds=seconds)

    def wait(self) -> Seen:
        """Wait until mypy has started it."""
        until(lambda: self.seen)
        return self.seen[0]


@pytest.fixture
def own() -> Iterator[Checker]:
    own = Checker()
    yield own
    own.end()


@pytest.fixture(scope="module")
def shared() -> Iterator[Checker]:
    shared = Checker()
    yield shared
    shared.end()


@pytest.fixture
def ordinary(tmp_path: Path) -> Interpreter:
    return Interpreter.that_does(GO_ON, tmp_path)


@pytest.fixture
def hanging(tmp_path: Path) -> Interpreter:
    return Interpreter.that_does(HANG, tmp_path)


PROGRAMS = {
    "wrong.py": "x: int = 'text'\ny: str = 1\n",
    "clean.py": "x: int = 1\n",
    "unreadable.py": "x = (\n",
    "strange.py": "x: int = 'ä ☃ \N{GRINNING FACE}'\nreveal_type(x)\n",
}
ARGUMENTS = {
    "errors": ["--strict", "--output=json", "wrong.py"],
    "none": ["--strict", "clean.py"],
    "a_program_that_is_none": ["--output=json", "unreadable.py"],
    "words_beyond_ascii": ["--strict", "strange.py"],
    "a_file_that_is_not_there": ["nowhere.py"],
    "an_option_that_is_not_there": ["--no-such-option", "clean.py"],
    "no_arguments": [],
    "an_interpreter_that_is_not_there": ["--python-executable=nowhere", "--python-version=3.11", "clean.py"],
    "a_crash_within_mypy": ["--cache-dir=wrong.py", "clean.py"],
}


def lay_out(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in PROGRAMS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("arguments", ARGUMENTS.values(), ids=ARGUMENTS)
def test_a_server_answers_what_mypy_itself_answers(shared: Checker, tmp_path: Path, arguments: list[str]) -> None:
    alone, served = lay_out(tmp_path / "alone" / "here"), lay_out(tmp_path / "served" / "here")
    expected = run([sys.executable, "-I", "-m", "mypy", *arguments], folder=alone, seconds=SECONDS)
    seen = shared.run(arguments, folder=served, seconds=SECONDS)
    assert Finished(seen.code, *(said.replace(str(served), str(alone)) for said in (seen.stdout, seen.stderr))) == (
        expected
    )


def test_variables_and_configurations_that_steer_mypy_change_nothing(
    own: Checker, shared: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay_out(tmp_path / "here")
    arguments = ["--strict", "--config-file=", "--output=json", "--cache-dir=cache", "wrong.py", "imports.py"]
    (folder / "imports.py").write_text("import shadow\n", encoding="utf-8")
    quiet = shared.run(arguments, folder=folder, seconds=SECONDS)
    hostile, nowhere = tmp_path / "hostile", tmp_path / "nowhere"
    hostile.mkdir()
    for module in ("json", "mypy", "sitecustomize"):
        (hostile / f"{module}.py").write_text("raise AssertionError('hostile')\n", encoding="utf-8")
    (hostile / "shadow.pyi").touch()
    for place in (hostile / ".mypy.ini", folder / "mypy.ini"):
        place.write_text("[mypy]\nignore_errors = True\n", encoding="utf-8")
    for name in ("MYPYPATH", "PYTHONPATH", "HOME", "PYTHONUSERBASE", "MYPY_CONFIG_FILE_DIR"):
        monkeypatch.setenv(name, str(hostile))
    monkeypatch.setenv("MYPY_CACHE_DIR", str(nowhere))
    for name in ("MYPYFORCECOLOR", "FORCE_COLOR", "PYTHONINSPECT", "PYTHONOPTIMIZE"):
        monkeypatch.setenv(name, "1")
    assert own.run(arguments, folder=folder, seconds=SECONDS) == quiet
    assert "import-not-found" in quiet.stdout
    assert not nowhere.exists()


def test_one_server_serves_one_request_after_another(own: Checker, ordinary: Interpreter) -> None:
    assert [ordinary.run_by(own).code for _ in range(3)] == [0, 0, 0]
    assert len({seen.server for seen in ordinary.seen}) == 1
    assert len({seen.mypy for seen in ordinary.seen}) == 3


def test_two_threads_that_ask_at_once_get_a_server_each_and_both_are_kept(own: Checker, tmp_path: Path) -> None:
    both = Interpreter.that_does(f"while len(open(notes).readlines()) < 2: time.sleep(0.002)\n{GO_ON}", tmp_path)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(both.run_by, own, cache=cache) for cache in ("one", "other")]
        assert [each.result().code for each in asked] == [0, 0]
    assert both.run_by(own).code == 0
    first, second, third = (seen.server for seen in both.seen)
    assert first != second
    assert third in (first, second)


def test_when_its_time_is_over_a_run_ends_with_everything_it_started_and_the_next_one_gets_another_server(
    own: Checker, tmp_path: Path
) -> None:
    once = Interpreter.that_does(f"if len(open(notes).readlines()) < 2: {HANG}\n{GO_ON}", tmp_path)
    assert once.run_by(own, seconds=3).code is None
    first = once.wait()
    until(lambda: not any(map(is_running, (first.server, first.mypy, first.program))))
    assert once.run_by(own).code == 0
    assert once.seen[1].server != first.server


def test_a_server_that_dies_in_a_request_is_a_code_and_the_next_one_gets_another_server(
    own: Checker, tmp_path: Path
) -> None:
    deadly = f"if len(open(notes).readlines()) < 2: os.kill(os.getpgrp(), {signal.SIGKILL}); {HANG}\n{GO_ON}"
    interpreter = Interpreter.that_does(deadly, tmp_path)
    assert interpreter.run_by(own).code == -signal.SIGKILL
    first = interpreter.wait()
    until(lambda: not any(map(is_running, (first.server, first.mypy, first.program))))
    assert interpreter.run_by(own).code == 0


def test_a_mypy_that_dies_is_a_code_and_its_server_goes_on(own: Checker, tmp_path: Path) -> None:
    deadly = f"if len(open(notes).readlines()) < 2: os.kill(os.getppid(), {signal.SIGSEGV})\n{GO_ON}"
    interpreter = Interpreter.that_does(deadly, tmp_path)
    assert [interpreter.run_by(own).code for _ in range(2)] == [-signal.SIGSEGV, 0]
    assert len({seen.server for seen in interpreter.seen}) == 1


def test_a_server_that_dies_while_it_waits_is_replaced(own: Checker, ordinary: Interpreter) -> None:
    assert ordinary.run_by(own).code == 0
    os.kill(ordinary.wait().server, signal.SIGKILL)
    until(lambda: not is_running(ordinary.wait().server))
    assert ordinary.run_by(own).code == 0


def test_a_server_that_cannot_start_says_why(own: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise ImportError('no mypy here')\n", encoding="utf-8")
    monkeypatch.setattr(checker, "_SERVER", broken)
    finished = own.run(["--version"], folder=tmp_path, seconds=SECONDS)
    assert finished.code == 1
    assert finished.stderr.endswith("ImportError: no mypy here\n")


def test_whoever_ends_all_processes_ends_a_server_with_its_request(own: Checker, hanging: Interpreter) -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(hanging.run_by, own)
        seen = hanging.wait()
        end_all()
        assert asked.result(SECONDS).code == -signal.SIGKILL
    until(lambda: not any(map(is_running, (seen.server, seen.mypy, seen.program))))


def test_whoever_ends_all_processes_ends_a_server_that_waits_and_it_is_replaced(
    own: Checker, ordinary: Interpreter
) -> None:
    assert ordinary.run_by(own).code == 0
    end_all()
    assert not is_running(ordinary.wait().server)
    assert ordinary.run_by(own).code == 0


def test_no_server_runs_after_its_checker_ends(own: Checker, ordinary: Interpreter) -> None:
    assert ordinary.run_by(own).code == 0
    assert is_running(ordinary.wait().server)
    own.end()
    assert not is_running(ordinary.wait().server)


ENDS = {
    "by_itself": ("pass", 0),
    "with_an_exception": ("raise KeyboardInterrupt", -signal.SIGINT),
    "without_a_word": ("os._exit(3)", 3),
    "by_a_signal": ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
}


@pytest.mark.parametrize(("how", "code"), ENDS.values(), ids=ENDS)
def test_no_server_runs_after_its_process_ends(ordinary: Interpreter, how: str, code: int) -> None:
    program = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from tests.engines.test_checker import Checker, Interpreter\n"
        "assert Interpreter(*map(Path, sys.argv[1:])).run_by(Checker()).code == 0\n"
        f"{how}\n"
    )
    command: list[str | Path] = [sys.executable, "-c", program, ordinary.path, ordinary.notes]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert ended.returncode == code, ended.stderr
    assert "Warning" not in ended.stderr
    until(lambda: not is_running(ordinary.wait().server))
