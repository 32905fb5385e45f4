"""Runs mypy from the tools' environment against a target's, and checks that its answer means anything."""

import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from tokenize import TokenError

from filelock import FileLock
from mypy.defaults import PYTHON3_VERSION_MIN

from harness.environments.model import Environment
from harness.judgement.observation import Engine, Observation, Outcome, TypingError, unreadable
from harness.support.files import make_folder
from harness.support.processes import Finished
from typing_checks.caches import CACHE, CHECKER, forget_cache, prepare_cache
from typing_checks.guard import Guard, Said, make_guard

SECONDS = 120.0
_NO_CONFIGURATION = "--config-file="
# Where mypy found it, which it says nowhere else.
_FOUND = re.compile(
    r"^LOG:  (?:Metadata fresh (?:\(by quickstart\) )?for starlette: file (?P<fresh>.+)"
    # Only its time stamp is another one.
    r"|Updating mtime for starlette: file (?P<touched>.+), meta .+"
    r"|Parsing (?P<parsed>.+) \(starlette\))$",
    re.MULTILINE,
)
_CRASH = re.compile(r".*error: INTERNAL ERROR")
_VERSION = re.compile(r"""^__version__\s*(?::.*)?=\s*["']([^"']+)["']""", re.MULTILINE)


def observe(
    target: Environment, programs: Sequence[Path], caches: Path, seconds: float = SECONDS
) -> tuple[Observation, ...]:
    """Check *programs* against *target* in one run of mypy: an observation for each.

    Where that run fails each has one of its own, so that no program takes another along. A target without type
    information is not asked: nothing that mypy could say of it means anything. Every target has a cache of its own
    below *caches*: releases whose files have the same size and time stamp have been mistaken for each other in a
    shared one.
    """
    if nothing := unreadable(target, Engine.STATIC):
        return (nothing,) * len(programs)
    if not target.typed:
        return (Observation(outcome=Outcome.COMPLETED, engine=Engine.STATIC, freeze=target.freeze),) * len(programs)
    folder = caches / target.key
    make_folder(folder, caches.parent)
    with FileLock(folder / "lock"):
        subjects = {program: _lay_out(program, folder) for program in programs}
        ask = partial(_ask, target, folder, seconds)
        readable = [subject for subject in subjects.values() if isinstance(subject, _Subject)]
        prepare_cache(folder, caches, options(target))
        together = ask(readable)
        if together.crashed:
            # It may have been its cache that mypy stumbled over.
            forget_cache(folder, caches, options(target))
            prepare_cache(folder, caches, options(target))
            together = ask(readable)
        answers = dict.fromkeys(readable, together)
        if len(readable) > 1 and answers[readable[0]].failed:
            answers = {subject: ask([subject]) for subject in readable}
    each = [subjects[program] for program in programs]
    return tuple(it if isinstance(it, Observation) else answers[it].observation(it, target) for it in each)


@dataclass(frozen=True, slots=True, eq=False)
class _Subject:
    """A program under a name of its own, and its guard."""

    name: str
    guard: Guard

    @property
    def files(self) -> tuple[str, str, str]:
        """The program, its copy with mistakes, and what it uses of Starlette's."""
        return f"{self.name}.py", f"{self.name}_planted.py", f"{self.name}_names.py"


def _lay_out(program: Path, folder: Path) -> "_Subject | Observation":
    """Write *program* and its guard into *folder*; what is to be said of it where it cannot be checked."""
    try:
        text = program.read_text(encoding="utf-8")
        guard = make_guard(text)
    except (OSError, SyntaxError, ValueError, TokenError, RecursionError, MemoryError) as error:
        here = ".".join(str(part) for part in sys.version_info[:2])
        detail = f"{program.name} cannot be read by the CPython {here} that runs mypy: {error}"
        return Observation(outcome=Outcome.UNREADABLE, engine=Engine.STATIC, detail=detail)
    subject = _Subject(f"check_{blake2b(str(program).encode(), digest_size=8).hexdigest()}", guard)
    for file, content in zip(subject.files, (text, guard.planted, guard.names_text), strict=True):
        (folder / file).write_text(content, encoding="utf-8")
    return subject


@dataclass(frozen=True, slots=True)
class _Answer:
    """What mypy said by file, which Starlette it found, and why it said nothing, if it failed.

    `crashed` says that it failed without a word on what it was to check.
    """

    said: dict[str, list[Said]]
    errors: dict[str, list[Said]]
    starlette: str
    seconds: float
    failed: tuple[Outcome, str] | None = None
    crashed: bool = False

    def observation(self, subject: _Subject, target: Environment) -> Observation:
        if self.failed:
            outcome, detail = self.failed
            return Observation(outcome=outcome, engine=Engine.STATIC, detail=detail, seconds=self.seconds)
        program, *guard = subject.files
        planted, names = (self.said.get(file, []) for file in guard)
        errors = self.errors.get(program, [])
        found = _is_same(self.starlette, target.starlette_file)
        seen = Observation(
            outcome=Outcome.COMPLETED,
            engine=Engine.STATIC,
            seconds=self.seconds,
            errors=tuple(TypingError(each.line, each.code, each.message) for each in errors),
            absent=subject.guard.absent(names, errors),
            vacuous=subject.guard.unseen(planted, names),
            imported_file=target.starlette_file if found else self.starlette or None,
            imported_version=_version(target),
            freeze=target.freeze,
        )
        return seen if self.starlette else replace(seen, absent=(), vacuous=("starlette, which it does not find",))


def _version(target: Environment) -> str | None:
    """What Starlette's own file says of its version, which is to be what its metadata says."""
    found = _VERSION.search(Path(target.starlette_file).read_text(encoding="utf-8", errors="replace"))
    return found[1] if found else None


def _ask(target: Environment, folder: Path, seconds: float, subjects: Sequence[_Subject]) -> _Answer:
    """Run mypy over *subjects*; where it does not find the Starlette that the interpreter finds, over that one."""
    if not subjects:
        return _Answer({}, {}, "", 0.0)
    linked = folder / "linked.ini"
    answer = _run(target, folder, seconds, subjects, linked if linked.is_file() else None)
    if answer.failed or linked.is_file() or _is_same(answer.starlette, target.starlette_file):
        return answer
    _link(target, folder, linked)
    return _run(target, folder, seconds, subjects, linked)


def _is_same(found: str, wanted: str) -> bool:
    return bool(found) and Path(found).samefile(wanted)


def _link(target: Environment, folder: Path, linked: Path) -> None:
    """Lay a path for mypy that has this Starlette and nothing else: an import finder is something it cannot follow."""
    place = folder.absolute() / "linked"
    place.mkdir(exist_ok=True)
    (place / "starlette").unlink(missing_ok=True)
    (place / "starlette").symlink_to(Path(target.starlette_file).absolute().parent)
    linked.write_text(f"[mypy]\nmypy_path = {place}\n", encoding="utf-8")


def _run(
    target: Environment, folder: Path, seconds: float, subjects: Sequence[_Subject], configuration: Path | None
) -> _Answer:
    started = time.monotonic()
    files = [file for subject in subjects for file in subject.files]
    chosen = [f"--config-file={configuration.absolute()}"] if configuration else [_NO_CONFIGURATION]
    command = [*options(target), *chosen, "--verbose", f"--cache-dir={CACHE}", *files]
    finished = CHECKER.run(command, folder=folder, seconds=seconds)
    took = time.monotonic() - started
    answer = _Answer({}, {}, "", took)
    if finished.code is None:
        return replace(answer, failed=(Outcome.TIMED_OUT, f"mypy was still running after {seconds:g} s"))
    lines = _read(finished.stdout)
    # 0: clean, 1: errors. A guard always brings some.
    if finished.code != 1 or not lines:
        failed = Outcome.UNREADABLE, f"mypy failed: {_why(finished, lines)}"
        return replace(answer, failed=failed, crashed=not lines)
    for file, each, is_error in lines:
        answer.said.setdefault(file, []).append(each)
        if is_error:
            answer.errors.setdefault(file, []).append(each)
    found = _FOUND.search(finished.stderr)
    return replace(answer, starlette=found[found.lastgroup or 0] if found else "")


def _why(finished: Finished, lines: Sequence[tuple[str, Said, bool]]) -> str:
    """Why mypy did not check what it was to check, in a line."""
    if lines:
        _, said, _ = lines[0]
        return f"line {said.line}: {said.message}"
    quiet = [line for line in finished.stderr.splitlines() if not line.startswith(("LOG: ", "note: "))]
    if any(map(_CRASH.match, quiet)):
        return "INTERNAL ERROR, as where the interpreter prints something when it starts"
    return (quiet or [f"exit code {finished.code}"])[-1]


def mypy_command(target: Environment) -> list[str]:
    """Build the call of mypy for *target*, without a cache and without files, as a person would run it."""
    return [sys.executable, "-I", "-m", "mypy", *options(target), _NO_CONFIGURATION]


def options(target: Environment) -> list[str]:
    """What mypy is told about *target*."""
    return [
        *("--strict", "--output=json", "--no-error-summary"),
        *(f"--python-executable={target.checker}", f"--python-version={_spoken(target)}"),
    ]


def _spoken(target: Environment) -> str:
    """The target's minor version of Python, or the oldest that mypy speaks."""
    own = tuple(int(part) for part in target.python.split(".")[:2])
    return ".".join(str(part) for part in max(own, PYTHON3_VERSION_MIN))


def _read(output: str) -> list[tuple[str, Said, bool]]:
    """File, what is said and whether it is an error, for each line of mypy's output; none where it is none."""
    try:
        rows = [json.loads(line) for line in output.splitlines() if line]
        return [
            (row["file"], Said(row["line"], str(row["code"]), row["message"]), row["severity"] == "error")
            for row in rows
        ]
    except (ValueError, KeyError, TypeError):
        return []
