"""An observation: facts only. What was installed, and what happened when one program met it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from harness.catalogue.marks import Mark
from harness.environments.model import Environment, Obstacle


class Engine(StrEnum):
    """What met the program: the target's interpreter, or mypy."""

    RUNTIME = "runtime"
    STATIC = "static"


class Outcome(StrEnum):
    """How a program ended."""

    COMPLETED = "completed"
    RAISED = "raised"
    EXITED = "exited"
    DIED = "died"
    TIMED_OUT = "timed_out"
    UNREADABLE = "unreadable"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception.

    `type` is dotted unless built in, `file` and `line` are those of the innermost frame. `missing` is the module that
    an import statement of that frame did not find, or in which it did not find a name. `genuine` says that the class
    is the one that goes by the name `type`, and that the frame's code is what `file` holds, which lies in the
    environment, its layer or the standard library or is the program.
    """

    type: str
    message: str
    file: str
    line: int
    missing: str | None = None
    genuine: bool = True


@dataclass(frozen=True, slots=True)
class TypingError:
    """An error that mypy reported in the program itself."""

    line: int
    code: str
    message: str

    @property
    def mark(self) -> Mark:
        return Mark(self.line, self.code)


@dataclass(frozen=True, slots=True)
class Observation:
    """What happened.

    `seconds` is wall-clock time; `detail` says more where the outcome needs it. `exit_code` is what a program left
    with, `complained` the end of what it wrote to standard error before that. `absent` are names
    of Starlette's that a typing check imports and the release does not have, `vacuous` those that
    mypy takes for Any. `used` are the installed distributions whose modules the program imported, `imported` the
    modules of Starlette's that were. `freeze` is what was installed for the program: the environment and its layer,
    not the drivers. `changed` says that files of the environment were no longer what they had been, by this program or
    by one before it.
    """

    outcome: Outcome
    engine: Engine
    detail: str = ""
    seconds: float = 0.0
    raised: Raised | None = None
    errors: tuple[TypingError, ...] = ()
    absent: tuple[str, ...] = ()
    vacuous: tuple[str, ...] = ()
    exit_code: int | None = None
    printed: str = ""
    complained: str = ""
    forks: int = 0
    imported_file: str | None = None
    imported_version: str | None = None
    freeze: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    imported: tuple[str, ...] = ()
    changed: bool = False
    obstacle: Obstacle | None = None

    def __post_init__(self) -> None:
        if (self.outcome is Outcome.RAISED) != (self.raised is not None):
            raise ValueError(f"outcome {self.outcome} and raised {self.raised} do not fit together")
        if (self.outcome is Outcome.NOT_RUN) != (self.obstacle is not None):
            raise ValueError(f"outcome {self.outcome} and obstacle {self.obstacle} do not fit together")


def unreadable(target: Environment, engine: Engine) -> Observation | None:
    """What is to be said of every program where Starlette's files cannot be looked at, as in an archive."""
    if Path(target.starlette_file).is_file():
        return None
    detail = f"there is no file {target.starlette_file}; install Starlette unpacked"
    return Observation(outcome=Outcome.UNREADABLE, engine=engine, detail=detail)
