"""A job with its environment, before and after it was run."""

from dataclasses import dataclass
from pathlib import Path

from harness.environments.model import Environment, Unavailable
from harness.judgement.observation import Observation
from harness.runs.plan import Job


@dataclass(frozen=True, slots=True)
class Seen:
    """What was observed of one job: where, and what happened each time."""

    subject: Environment | Unavailable
    runs: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """A job whose environment is there; `drivers` is the folder of its program's own tools."""

    job: Job
    environment: Environment
    drivers: Path | None
