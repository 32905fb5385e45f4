"""Drives the probe: runs one program in a target's interpreter and reads the facts."""

import hashlib
import json
import secrets
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from harness.errors import UserError
from harness.observation import Engine, Environment, Observation, Outcome, Raised
from harness.processes import Finished, run

PROBE = Path(__file__).with_name("probe.py")
SECONDS = 60.0


def inspect(interpreter: Path) -> Environment:
    """What an interpreter's environment holds. Nothing in it is changed.

    Raises:
        UserError: this is no Python interpreter, or there is no Starlette in it.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            finished, facts = _probe([interpreter, "-I", "-B"], Path(folder), SECONDS)
        except OSError as error:
            raise UserError(f"{interpreter}: {error.strerror}; name a Python interpreter") from None
    if facts is None:
        said = (finished.stderr.strip() or "it said nothing").splitlines()[-1]
        raise UserError(f"{interpreter}: no Python that can be checked: {said}; name one, e.g. .venv/bin/python")
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
    target: Environment, program: Path, drivers: Path | None, seconds: float = SECONDS, bytecode: Path | None = None
) -> Observation:
    """Run *program* in *target*, with *drivers* searched after everything that the target has.

    Bytecode is kept below *bytecode*, apart for each target, and never in the target itself.
    """
    started = time.monotonic()
    kept = ["-B"] if bytecode is None else ["-X", f"pycache_prefix={bytecode / target.key}"]
    with tempfile.TemporaryDirectory() as folder:
        arguments = [program, *([drivers] if drivers else [])]
        finished, facts = _probe([target.interpreter, "-I", *kept], Path(folder), seconds, *arguments)
    took = time.monotonic() - started
    if facts is not None and finished.code == 0:
        return _observation(facts, finished, took)
    outcome, detail = _broken_off(finished, seconds)
    return Observation(outcome=outcome, engine=Engine.RUNTIME, detail=detail, seconds=took)


def _probe(
    python: Sequence[str | Path], folder: Path, seconds: float, *arguments: Path
) -> tuple[Finished, Mapping[str, Any] | None]:
    """Run the probe in an empty folder; the facts are None where it left none that can be read."""
    work = folder / "work"
    work.mkdir()
    path = folder / "facts.json"
    token = secrets.token_hex()
    finished = run([*python, PROBE, path, *arguments], seconds=seconds, folder=work, said=token)
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return finished, None
    genuine = isinstance(facts, dict) and facts.get("token") == token
    return finished, facts if genuine else None


def _broken_off(finished: Finished, seconds: float) -> tuple[Outcome, str]:
    if finished.code is None:
        return Outcome.TIMED_OUT, f"still running after {seconds:g} s"
    if finished.code < 0:
        return Outcome.DIED, f"ended by signal {-finished.code}"
    if finished.code > 0 and "Traceback" in finished.stderr:
        return Outcome.UNREADABLE, f"the probe failed: {finished.stderr.strip().splitlines()[-1]}"
    return Outcome.EXITED, f"left with exit code {finished.code}, past the end of the program"


def _observation(facts: Mapping[str, Any], finished: Finished, took: float) -> Observation:
    try:
        raised = facts["raised"]
        exited = facts["outcome"] == Outcome.EXITED
        return Observation(
            outcome=Outcome(facts["outcome"]),
            engine=Engine.RUNTIME,
            detail=f"left with exit code {facts['exit_code']}" if exited else "",
            seconds=took,
            raised=None if raised is None else Raised(**raised),
            printed=finished.stdout,
            forks=facts["forks"],
            imported_file=facts["imported_file"],
            imported_version=facts["imported_version"],
            freeze=_freeze(facts),
            used=_used(facts),
        )
    except (KeyError, TypeError, ValueError) as error:
        detail = f"the facts do not fit: {error!r}"
        return Observation(outcome=Outcome.UNREADABLE, engine=Engine.RUNTIME, detail=detail, seconds=took)


def _freeze(facts: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(f"{canonicalize_name(name)}=={version}" for name, version in facts["distributions"].items()))


def _used(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The installed distributions that share their name with a module that was imported."""
    modules = {canonicalize_name(name) for name in facts["modules"]}
    return tuple(pin for pin in _freeze(facts) if pin.partition("==")[0] in modules)
