"""Drives the probe: runs programs in a target's interpreter and reads the facts."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from harness.environments.model import Environment
from harness.judgement.observation import Engine, Observation, Outcome, Raised
from harness.support.processes import Finished, written
from repros.client import Facts, ask, freeze, genuine

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Program:
    """A program and what it imports besides the target's own packages.

    `packages` is a folder of packages that are a layer over the target, `drivers` one of the program's own tools:
    searched in this order, after everything that the target has.
    """

    file: Path
    packages: Path | None = None
    drivers: Path | None = None


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
        finished, said = ask([target.interpreter, "-I", *kept], wanted, seconds)
        ended = [said[number + 1] if len(said) > number + 1 else None for number in range(len(programs))]
        seen = [
            _observation(program, place, said[0], end, seconds) if end else None
            for program, place, end in zip(programs, places, ended, strict=True)
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
        path = [str(folder) for folder in (program.packages, program.drivers) if folder]
        return {
            "program": str(program.file),
            "folder": str(self.folder / "work"),
            "path": path,
            "packages": str(program.packages or ""),
            **files,
        }

    def written(self, name: str) -> str:
        try:
            with (self.folder / name).open("rb") as stream:
                return written(stream)
        except OSError:
            return ""


def _observation(program: Program, place: _Place, environment: Facts, end: Facts, seconds: float) -> Observation:
    facts = genuine(place.written("facts"), environment["token"])
    if facts is None or end["code"] != 0:
        outcome, detail = _broken_off(end["code"], place.written("stderr"), seconds)
        return Observation(outcome=outcome, engine=Engine.RUNTIME, detail=detail, seconds=end["seconds"])
    layer = environment["layers"].get(str(program.packages), {})
    installed = freeze(layer | environment["distributions"])
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
            freeze=installed,
            used=_used(installed, facts),
            imported=tuple(facts["imported"]),
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


def _used(installed: Sequence[str], facts: Facts) -> tuple[str, ...]:
    """The installed distributions that share their name with a module that was imported."""
    modules = {canonicalize_name(name) for name in facts["modules"]}
    return tuple(pin for pin in installed if pin.partition("==")[0] in modules)
