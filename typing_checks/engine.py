"""Runs mypy from the tools' environment against a target's, and checks that its answer means anything."""

import ast
import json
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from mypy.defaults import PYTHON3_VERSION_MIN

from harness.environments.model import Environment
from harness.judgement.observation import Engine, Observation, Outcome, TypingError
from typing_checks.checker import Checker

SECONDS = 120.0
CHECKER = Checker()
_CACHE = "cache"
# What Starlette and anyio import of it; a module that is left out only takes longer.
_COMMON = """asyncio base64 collections.abc contextlib contextvars dataclasses datetime email.utils functools hashlib
    html http http.cookies importlib.util inspect io ipaddress json logging math mimetypes os pathlib queue random re
    secrets shutil signal socket ssl stat subprocess sys tempfile threading traceback typing urllib.parse uuid"""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of mypy's output."""

    file: str
    line: int
    code: str
    message: str


def observe(
    target: Environment, programs: Sequence[Path], caches: Path, seconds: float = SECONDS
) -> tuple[Observation, ...]:
    """Check *programs* against *target* in one run of mypy: an observation for each.

    A target without type information is not asked: nothing that mypy could say of it means anything.
    Every target has a cache of its own below *caches*: releases whose files have the same size
    and time stamp have been mistaken for each other in a shared one.
    """
    if not target.typed:
        nothing = Observation(outcome=Outcome.COMPLETED, engine=Engine.STATIC, freeze=target.freeze)
        return tuple(nothing for _ in programs)
    started = time.monotonic()
    folder = caches / target.key
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / _CACHE).is_dir():
            part = folder / f"{_CACHE}.part"
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(_standard_library(target, caches), part)
            part.rename(folder / _CACHE)
        subjects = [_Subject.of(program, folder) for program in programs]
        files = [file for subject in subjects for file in subject.files]
        finished = CHECKER.run([*_options(target), f"--cache-dir={_CACHE}", *files], folder=folder, seconds=seconds)
    took = time.monotonic() - started
    if finished.code is None:
        return _all(programs, Outcome.TIMED_OUT, f"mypy was still running after {seconds:g} s", took)
    lines = _read(finished.stdout)
    # 0: clean, 1: errors. A guard always brings some.
    if finished.code != 1 or not lines:
        said = (finished.stderr + finished.stdout).strip() or f"exit code {finished.code}"
        return _all(programs, Outcome.UNREADABLE, f"mypy failed: {said.splitlines()[-1]}", took)
    return tuple(subject.observation(lines, target, took) for subject in subjects)


def _standard_library(target: Environment, caches: Path) -> Path:
    """The part of a cache that is the same for every target of one Python, to start a new cache from."""
    folder = caches / f"standard-library-{_spoken(target)}"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / _CACHE).is_dir():
            program = "".join(f"import {name}\n" for name in _COMMON.split())
            (folder / "standard_library.py").write_text(program, encoding="utf-8")
            part = f"{_CACHE}.part"
            shutil.rmtree(folder / part, ignore_errors=True)
            command = [*_options(target), f"--cache-dir={part}", "standard_library.py"]
            CHECKER.run(command, folder=folder, seconds=SECONDS)
            (folder / part).mkdir(exist_ok=True)
            (folder / part).rename(folder / _CACHE)
    return folder / _CACHE


def starlette_imports(program: Path) -> tuple[tuple[str, str], ...]:
    """Module and name of everything that *program* imports from Starlette."""
    found = []
    for node in ast.walk(ast.parse(program.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "starlette":
            found += [(str(node.module), alias.name) for alias in node.names]
    return tuple(found)


def _guard(imports: Iterable[tuple[str, str]]) -> str:
    """A program that is wrong in every even line, unless mypy takes the name for Any.

    A class whose base is missing, or a module without types, has every attribute; then a clean
    check says nothing.
    """
    lines = []
    for number, (module, name) in enumerate(imports):
        lines += [f"from {module} import {name} as name_{number}", f"name_{number}.no_such_attribute_anywhere"]
    return "\n".join([*lines, "None.always_wrong", ""])


@dataclass(frozen=True, slots=True)
class _Subject:
    """A program under a name of its own, and the guard of what it imports."""

    name: str
    imports: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, program: Path, folder: Path) -> "_Subject":
        """Lay *program* and its guard into *folder*."""
        subject = cls(f"{program.parent.name}_{program.stem}", starlette_imports(program))
        for file, text in zip(subject.files, (program.read_text("utf-8"), _guard(subject.imports)), strict=True):
            (folder / file).write_text(text, encoding="utf-8")
        return subject

    @property
    def files(self) -> tuple[str, str]:
        return f"{self.name}.py", f"{self.name}_guard.py"

    def observation(self, lines: Iterable[_Line], target: Environment, took: float) -> Observation:
        program, guard = self.files
        lines = tuple(lines)
        guarded = {(each.line, each.code) for each in lines if each.file == guard}
        names = [(2 * n + 1, f"{module}.{name}") for n, (module, name) in enumerate(self.imports)]
        gone = {line for line, code in guarded if code in ("attr-defined", "import-not-found")}
        return Observation(
            outcome=Outcome.COMPLETED,
            engine=Engine.STATIC,
            seconds=took,
            errors=tuple(TypingError(each.line, each.code, each.message) for each in lines if each.file == program),
            absent=tuple(name for line, name in names if line in gone),
            vacuous=tuple(name for line, name in names if (line + 1, "attr-defined") not in guarded),
            freeze=target.freeze,
        )


def mypy_command(target: Environment) -> list[str]:
    """Build the call of mypy for *target*, without a cache and without files, as a person would run it."""
    return [sys.executable, "-I", "-m", "mypy", *_options(target)]


def _options(target: Environment) -> list[str]:
    return [
        *("--strict", "--config-file=", "--output=json", "--no-error-summary"),
        *(f"--python-executable={target.checker}", f"--python-version={_spoken(target)}"),
    ]


def _spoken(target: Environment) -> str:
    """The target's minor version of Python, or the oldest that mypy speaks."""
    own = tuple(int(part) for part in target.python.split(".")[:2])
    return ".".join(str(part) for part in max(own, PYTHON3_VERSION_MIN))


def _read(output: str) -> tuple[_Line, ...]:
    """The errors in mypy's output; none where it is not what mypy writes."""
    try:
        rows = [json.loads(line) for line in output.splitlines() if line]
        return tuple(
            _Line(row["file"], row["line"], str(row["code"]), row["message"])
            for row in rows
            if row["severity"] == "error"
        )
    except (ValueError, KeyError, TypeError):
        return ()


def _all(programs: Sequence[Path], outcome: Outcome, detail: str, took: float) -> tuple[Observation, ...]:
    failed = Observation(outcome=outcome, engine=Engine.STATIC, detail=detail, seconds=took)
    return tuple(failed for _ in programs)
