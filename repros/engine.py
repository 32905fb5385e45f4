"""Drives the probe: runs programs in a target's interpreter and makes observations of the facts."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from packaging.utils import canonicalize_name

from harness.environments.model import Environment
from harness.judgement.observation import Engine, Observation, Outcome, Raised, unreadable
from harness.support.files import clear
from harness.support.processes import Finished
from repros.client import Facts, ask, freeze
from repros.workplace import Program, Workplace

__all__ = ["SECONDS", "Program", "observe"]
SECONDS = 60.0
# Of what a program that left wrote to standard error, in characters.
_LAST = 4000


def observe(
    target: Environment, programs: Sequence[Program], seconds: float = SECONDS, bytecode: Path | None = None
) -> tuple[Observation, ...]:
    """Run *programs* in *target*, one after the other, each for at most *seconds*: an observation for each.

    They share the start of one interpreter, and nothing else. Each sees a private copy of its case. Bytecode is kept
    below *bytecode*, apart for each target, and never in the target itself.
    """
    if nothing := unreadable(target, Engine.RUNTIME):
        return (nothing,) * len(programs)
    kept = bytecode / target.key if bytecode else None
    options = ["-X", f"pycache_prefix={kept}"] if kept else ["-B"]
    visit = partial(_visit, [target.interpreter, "-I", *options], _watched(programs), seconds)
    seen: list[Observation] = []
    content: str | None = None
    while len(seen) < len(programs):
        around, some, whole = visit(programs[len(seen) :])
        if kept and kept.exists() and any(map(_stumbled, some)):
            # Once more, without the bytecode: a disk that was full leaves half of a file, and Python reads it.
            clear(kept)
            around, some, whole = visit(programs[len(seen) :])
        if kept and not whole:
            # Nobody looked at what the programs left there.
            clear(kept)
        if content is not None and around.get("content") != content:
            seen[-1:], some = _changed(seen[-1:]), _changed(some)
        seen += some
        content = content or around.get("content")
    return tuple(seen)


def _stumbled(seen: Observation) -> bool:
    """Whether the probe failed, or Python at an import, which may be for bytecode that is damaged."""
    importing = seen.raised is not None and seen.raised.file.startswith("<frozen importlib")
    return importing or seen.outcome is Outcome.UNREADABLE


def _watched(programs: Iterable[Program]) -> Sequence[Path]:
    folders = {folder for program in programs for folder in (program.packages, program.drivers) if folder}
    return sorted(folders)


def _visit(
    python: Sequence[str | Path], watched: Sequence[Path], seconds: float, programs: Sequence[Program]
) -> tuple[Facts, list[Observation], bool]:
    """Run *programs* until one ends the probe.

    What is told of the environment, an observation for each program that ran, that one's too, and whether it was none.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        places = list(Workplace.each(programs, Path(folder)))
        finished, said = ask(python, [place.request for place in places], watched, seconds)
        if not said:
            return {}, [_unheard(finished, seconds)] * len(programs), False
        around, *ends = said
        seen = [_observation(place, around, end, seconds) for place, end in zip(places, ends, strict=False)]
    whole = len(seen) == len(programs)
    if not whole:
        # It is the first that is missing; those after it never ran.
        seen.append(_unheard(finished, seconds))
    if any(end["forged"] for end in ends):
        return around, _changed(seen), whole
    return around, _since_the_first_change(seen, [end["changed"] for end in ends]), whole


def _since_the_first_change(seen: list[Observation], changed: Sequence[bool | None]) -> list[Observation]:
    """Mark what ran in an environment that was no longer what it had been, as far as that was looked at."""
    if True not in changed:
        return seen
    last = max((number for number, each in enumerate(changed, 1) if each is False), default=0)
    return [*seen[:last], *_changed(seen[last:])]


def _changed(seen: Iterable[Observation]) -> list[Observation]:
    return [replace(each, changed=True) for each in seen]


def _observation(place: Workplace, around: Facts, end: Facts, seconds: float) -> Observation:
    facts = end["facts"]
    if not end["clean"]:
        return _ended(Outcome.UNREADABLE, "the program wrote where the probe tells its facts", end)
    if facts is None or end["code"] != 0:
        return _ended(*_broken_off(end["code"], place.written("stderr"), seconds), end)
    try:
        return _completed(place, around, end)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return _ended(Outcome.UNREADABLE, f"the facts do not fit: {error!r}", end)


def _ended(outcome: Outcome, detail: str, end: Facts) -> Observation:
    return Observation(outcome=outcome, engine=Engine.RUNTIME, detail=detail, seconds=end["seconds"])


def _completed(place: Workplace, around: Facts, end: Facts) -> Observation:
    facts, raised = end["facts"], end["facts"]["raised"]
    layer = around["layers"].get(str(place.program.packages), [])
    installed = freeze(map(tuple, [*around["distributions"], *layer]))
    return Observation(
        outcome=Outcome(facts["outcome"]),
        engine=Engine.RUNTIME,
        detail=f"left with exit code {facts['exit_code']}" if facts["outcome"] == Outcome.EXITED else "",
        seconds=end["seconds"],
        raised=None if raised is None else _raised(place, raised),
        exit_code=facts["exit_code"],
        printed=place.written("stdout"),
        complained=place.written("stderr")[-_LAST:] if facts["outcome"] == Outcome.EXITED else "",
        forks=facts["forks"],
        imported_file=facts["imported_file"],
        imported_version=facts["imported_version"],
        freeze=installed,
        used=_used(installed, facts["modules"]),
        imported=tuple(facts["imported"]),
    )


def _raised(place: Workplace, facts: Facts) -> Raised:
    moved = {name: place.original(facts[name]) for name in ("message", "file")}
    return Raised(**{**facts, **moved})


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


def _used(installed: Sequence[str], modules: Iterable[str]) -> tuple[str, ...]:
    """The installed distributions that share their name with a module that was imported."""
    names = {canonicalize_name(name) for name in modules}
    return tuple(pin for pin in installed if pin.partition("==")[0] in names)
