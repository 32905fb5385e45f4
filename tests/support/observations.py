"""What the engines and the judge are shown: each factory builds something ordinary, and takes what a test varies."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from harness.catalogue.case import Check, Needs, Signature
from harness.catalogue.marks import Mark
from harness.environments.model import Environment, Obstacle
from harness.judgement.observation import Engine, Observation, Outcome, Raised, TypingError

HERE = Path("checkout/cases/session_lost_7")
SITE = "venv/lib/site-packages"
_NEEDS = Needs.model_validate({"requires": ("itsdangerous",)})


def signature(raises: str, raised_in: str, matches: str = "", profile: str = "") -> Signature:
    return Signature(raises=raises, raised_in=raised_in, matches=matches, profile=profile)


SYMPTOM = signature("AssertionError", "starlette/requests.py", "^no session")


@dataclass(frozen=True, slots=True)
class Subject:
    """A case as the judge sees it, whose repro tells the sides apart."""

    symptom: tuple[Signature, ...] = (SYMPTOM,)
    absent: tuple[Signature, ...] = ()
    marks: frozenset[Mark] = field(default_factory=frozenset)
    environment: Needs = _NEEDS
    directory: Path = HERE

    def program(self, check: Check) -> Path:
        return self.directory / {Check.TYPING: "typing_check.py"}.get(check, f"{check}.py")


def needs(*requires: str, **more: Any) -> Needs:
    return Needs.model_validate({"requires": requires, **more})


def environment(**changes: Any) -> Environment:
    """One that has all that `Subject()` needs."""
    freeze = ("anyio==3.3.4", "itsdangerous==2.0.1", "starlette==0.2.0")
    usual = Environment(Path("venv/bin/python"), "3.11.7", "0.2.0", f"{SITE}/starlette/__init__.py", True, freeze)
    return replace(usual, **changes)


def completed(**changes: Any) -> Observation:
    """A program that ran to its end in `environment()`."""
    target = environment()
    usual = Observation(
        outcome=Outcome.COMPLETED,
        engine=Engine.RUNTIME,
        imported_file=target.starlette_file,
        imported_version=target.release,
        freeze=target.freeze,
    )
    return replace(usual, **changes)


def raised(error: Raised | None = None, **changes: Any) -> Observation:
    """A program that ended with *error*, or with the symptom of `Subject()`."""
    return completed(outcome=Outcome.RAISED, raised=error or exception(), **changes)


def exception(**changes: Any) -> Raised:
    """The symptom of `Subject()`."""
    return replace(Raised("AssertionError", "no session here", f"{SITE}/starlette/requests.py", 31), **changes)


def missing(module: str, file: str = f"{SITE}/starlette/middleware/sessions.py") -> Raised:
    """An import statement that did not find *module*."""
    return Raised("ModuleNotFoundError", f"No module named {module!r}", file, 3, module)


def checked(*errors: tuple[int, str], **changes: Any) -> Observation:
    """What mypy reports of a program: the lines and codes of its errors."""
    found = tuple(TypingError(line, code, "what is wrong") for line, code in errors)
    return completed(engine=Engine.STATIC, errors=found, **changes)


def broken_off(outcome: Outcome, engine: Engine = Engine.RUNTIME) -> Observation:
    return Observation(outcome=outcome, engine=engine, detail="what is known of it")


def not_run(obstacle: Obstacle, engine: Engine = Engine.RUNTIME) -> Observation:
    return Observation(outcome=Outcome.NOT_RUN, engine=engine, detail="what stood in the way", obstacle=obstacle)
