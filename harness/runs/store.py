"""Keeps observations by what they were made from, so that a sweep goes on where it was interrupted.

Facts only: they are judged when they are read, so that a corrected rule needs no new observation.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from harness.catalogue.case import Case, Check
from harness.environments.model import Environment, Obstacle
from harness.judgement.observation import Engine, Observation, Outcome, Raised, TypingError
from harness.support.files import write_whole
from harness.support.paths import ROOT

# A time-out, a crash or a missing environment may be gone the next time.
_ENDED = (Outcome.COMPLETED, Outcome.RAISED, Outcome.EXITED)
_ENGINES = (
    *("repros/probe.py", "repros/engine.py", "evidence/locks/drivers.txt"),
    *("typing_checks/engine.py", "typing_checks/checker.py", "typing_checks/server.py"),
)


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of observations: a file for each environment and case, with every repetition."""

    folder: Path

    def recall(self, case: Case, environment: Environment) -> tuple[Mapping[Check, Observation], ...]:
        """Every run of *case* that was kept for just this environment, these programs and these tools."""
        try:
            runs = json.loads(self._file(case, environment).read_text(encoding="utf-8"))
            return tuple({Check(check): _to_observation(seen) for check, seen in run.items()} for run in runs)
        except (OSError, ValueError, KeyError, TypeError):
            return ()

    def keep(self, case: Case, environment: Environment, runs: Sequence[Mapping[Check, Observation]]) -> None:
        """Keep *runs* in place of what was kept before, but for those that say more of the machine than of the case."""
        kept = [run for run in runs if all(seen.outcome in _ENDED for seen in run.values())]
        text = json.dumps([{check: asdict(seen) for check, seen in run.items()} for run in kept])
        write_whole(self._file(case, environment), text)

    def _file(self, case: Case, environment: Environment) -> Path:
        made_of = [str(environment.interpreter), environment.python, *environment.freeze, version("mypy")]
        made_of += [(case.directory / name).read_text("utf-8") for name in ("repro.py", "typing_check.py", "case.toml")]
        made_of += [(ROOT / name).read_text("utf-8") for name in _ENGINES]
        key = hashlib.sha256("\0".join(made_of).encode()).hexdigest()[:24]
        return self.folder / case.name / f"{environment.release}-{key}.json"


def _to_observation(values: dict[str, Any]) -> Observation:
    """Undo `asdict`."""
    lists = {name: tuple(values[name]) for name in ("absent", "vacuous", "freeze", "used")}
    return Observation(**values | lists | {
        "outcome": Outcome(values["outcome"]),
        "engine": Engine(values["engine"]),
        "raised": None if values["raised"] is None else Raised(**values["raised"]),
        "errors": tuple(TypingError(**error) for error in values["errors"]),
        "obstacle": None if values["obstacle"] is None else Obstacle(values["obstacle"]),
    })  # fmt: skip
