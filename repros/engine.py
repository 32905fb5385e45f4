"""Drives the probe: runs programs in a target's interpreter and reads the facts."""

import hashlib
import json
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from harness.environments.model import Environment
from harness.judgement.observation import Engine, Observation, Outcome, Raised
from harness.support.errors import UserError
from harness.support.processes import Finished, run, written

PROBE = Path(__file__).with_name("probe.py")
SECONDS = 60.0
# What the probe itself may take, besides its programs.
_AROUND = 60.0
_Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Program:
    """A program, and a directory of its own tools that is searched after everything that the target has."""

    file: Path
    drivers: Path | None = None


def inspect(interpreter: Path) -> Environment:
    """What an interpreter's environment holds. Nothing in it is changed.

    Raises:
        UserError: this is no Python interpreter, or there is no Starlette in it.
    """
    try:
        finished, said = _probe([interpreter, "-I", "-B"], [], SECONDS)
    except OSError as error:
        raise UserError(f"{interpreter}: {error.strerror}; name a Python interpreter") from None
    if not said:
        why = (finished.stderr.strip() or "it said nothing").splitlines()[-1]
        raise UserError(f"{interpreter}: no Python that can be checked: {why}; name one, e.g. .venv/bin/python")
    facts = said[0]
    version = facts["distributions"].get("starlette")
    if facts["starlette_file"] is None or version is None:
        raise UserError(f"{interpreter}: no Starlette is installed there; name an environment that has it")
    return Environment(
        interpreter=interpreter,
        python=facts["python"],
        release=version,
        starlette_file=facts["starlette_file"],
        typed=facts["typed"],
        freeze=_freeze(facts),
        digest=_digest(Path(facts["starlette_file"]).parent),
    )


def _digest(package: Path) -> str:
    """Of the content: a file that was edited may have the size and the time stamp that it had."""
    digest = hashlib.sha256()
    for file in sorted([*package.rglob("*.py"), *package.rglob("*.pyi")]):
        digest.update(f"{file.relative_to(package)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def observe(
    target: Environment, programs: Sequence[Program], seconds: float = SECONDS, bytecode: Path | None = None
) -> tuple[Observation, ...]:
    """Run *programs* in *target*, one after the other, each for at most *seconds*: an observation for each.

    They share the start of one interpreter, and nothing else. Bytecode is kept below *bytecode*, apart
    for each target, and never in the target itself.
    """
    kept = ["-B"] if bytecode is None else ["-X", f"pycache_prefix={bytecode / target.key}"]
    with tempfile.TemporaryDirectory() as folder:
        places = [_Place.of(Path(folder) / str(number)) for number in range(len(programs))]
        wanted = [place.request(program) for place, program in zip(places, programs, strict=True)]
        finished, said = _probe([target.interpreter, "-I", *kept], wanted, seconds)
        ended = [said[number + 1] if len(said) > number + 1 else None for number in range(len(programs))]
        seen = [
            _observation(place, said[0], end, seconds) if end else None
            for place, end in zip(places, ended, strict=True)
        ]
    if len(programs) == 1:
        return (seen[0] or _unheard(finished, seconds),)
    # A program that ended the probe, too, is the first that is missing; those after it never ran.
    return tuple(
        each or observe(target, [program], seconds, bytecode)[0] for each, program in zip(seen, programs, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a program runs, and the files around it."""

    folder: Path

    @classmethod
    def of(cls, folder: Path) -> "_Place":
        """Make an empty folder to work in."""
        (folder / "work").mkdir(parents=True)
        return cls(folder)

    def request(self, program: Program) -> dict[str, Any]:
        files = {name: str(self.folder / name) for name in ("facts", "stdout", "stderr")}
        path = [str(program.drivers)] if program.drivers else []
        return {"program": str(program.file), "folder": str(self.folder / "work"), "path": path, **files}

    def written(self, name: str) -> str:
        try:
            with (self.folder / name).open("rb") as stream:
                return written(stream)
        except OSError:
            return ""


def _probe(
    python: Sequence[str | Path], programs: Sequence[Mapping[str, Any]], seconds: float
) -> tuple[Finished, Sequence[_Facts]]:
    """Run the probe in an empty folder: how it ended, and the facts that are its own."""
    token = secrets.token_hex()
    request = {"token": token, "seconds": seconds, "programs": programs}
    with tempfile.TemporaryDirectory() as folder:
        limit = len(programs) * seconds + _AROUND
        finished = run([*python, PROBE], seconds=limit, folder=Path(folder), said=json.dumps(request))
    lines = [_genuine(line, token) for line in finished.stdout.splitlines()]
    return finished, [facts for facts in lines if facts is not None]


def _genuine(text: str, token: str) -> _Facts | None:
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return facts if isinstance(facts, dict) and facts.get("token") == token else None


def _observation(place: _Place, environment: _Facts, end: _Facts, seconds: float) -> Observation:
    facts = _genuine(place.written("facts"), environment["token"])
    if facts is None or end["code"] != 0:
        outcome, detail = _broken_off(end["code"], place.written("stderr"), seconds)
        return Observation(outcome=outcome, engine=Engine.RUNTIME, detail=detail, seconds=end["seconds"])
    try:
        raised = facts["raised"]
        exited = facts["outcome"] == Outcome.EXITED
        return Observation(
            outcome=Outcome(facts["outcome"]),
            engine=Engine.RUNTIME,
            detail=f"left with exit code {facts['exit_code']}" if exited else "",
            seconds=end["seconds"],
            raised=None if raised is None else Raised(**raised),
            printed=place.written("stdout"),
            forks=facts["forks"],
            imported_file=facts["imported_file"],
            imported_version=facts["imported_version"],
            freeze=_freeze(environment),
            used=_used(environment, facts),
        )
    except (KeyError, TypeError, ValueError) as error:
        detail = f"the facts do not fit: {error!r}"
        return Observation(outcome=Outcome.UNREADABLE, engine=Engine.RUNTIME, detail=detail, seconds=end["seconds"])


def _broken_off(code: int | None, said: str, seconds: float) -> tuple[Outcome, str]:
    if code is None:
        return Outcome.TIMED_OUT, f"still running after {seconds:g} s"
    if code < 0:
        return Outcome.DIED, f"ended by signal {-code}"
    if code > 0 and "Traceback" in said:
        return Outcome.UNREADABLE, f"the probe failed: {said.strip().splitlines()[-1]}"
    return Outcome.EXITED, f"left with exit code {code}, past the end of the program"


def _unheard(finished: Finished, seconds: float) -> Observation:
    """What is known of a program whose probe never said how it ended."""
    outcome, detail = _broken_off(finished.code, finished.stderr, seconds)
    return Observation(outcome=outcome, engine=Engine.RUNTIME, detail=detail)


def _freeze(facts: _Facts) -> tuple[str, ...]:
    return tuple(sorted(f"{canonicalize_name(name)}=={version}" for name, version in facts["distributions"].items()))


def _used(environment: _Facts, facts: _Facts) -> tuple[str, ...]:
    """The installed distributions that share their name with a module that was imported."""
    modules = {canonicalize_name(name) for name in facts["modules"]}
    return tuple(pin for pin in _freeze(environment) if pin.partition("==")[0] in modules)
