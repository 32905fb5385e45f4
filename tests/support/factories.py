"""Facts for the tests: each factory builds something ordinary, and takes what a test varies."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness.catalogue.case import Boundary, Case, Check, Claim, Facts, Links, Needs, Side, Signature
from harness.environments.model import Environment, Obstacle
from harness.judgement.observation import Engine, Observation, Outcome, Raised, TypingError
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index, Profile, Release
from harness.runs.record import Row

SYMPTOM = Signature("AssertionError", "starlette/requests.py", "^no session")
HERE = Path("checkout/cases/session_lost_7")
SITE = "venv/lib/site-packages"


def boundary(**changes: Any) -> Boundary:
    return replace(Boundary("0.2.0", "0.3.0", Profile.PERIOD), **changes)


def case(name: str = "session_lost_7", directory: Path = HERE, marks: Any = (), **facts: Any) -> Case:
    """A case whose repro tells the sides apart, unless *facts* say otherwise."""
    links = Links("https://index.example/issues/7", "https://index.example/pull/8")
    usual = Facts(
        7, "A session is lost", links, (boundary(),), symptom=(SYMPTOM,), environment=Needs(("itsdangerous",))
    )
    return Case(name, directory, replace(usual, **facts), frozenset(marks))


def claim(fixed: str) -> Claim:
    return Claim("a page", fixed)


def environment(**changes: Any) -> Environment:
    freeze = ("anyio==3.3.4", "starlette==0.2.0")
    usual = Environment(Path("venv/bin/python"), "3.11.7", "0.2.0", f"{SITE}/starlette/__init__.py", True, freeze)
    return replace(usual, **changes)


def completed(**changes: Any) -> Observation:
    """A program that ran to its end in `environment()`."""
    target = environment()
    return replace(
        Observation(
            Outcome.COMPLETED,
            Engine.RUNTIME,
            imported_file=target.starlette_file,
            imported_version=target.release,
            freeze=target.freeze,
        ),
        **changes,
    )


def raised(error: Raised | None = None, **changes: Any) -> Observation:
    """A program that ended with *error*, or with the symptom of `case()`."""
    return completed(outcome=Outcome.RAISED, raised=error or exception(), **changes)


def exception(**changes: Any) -> Raised:
    """The symptom of `case()`."""
    return replace(Raised("AssertionError", "no session here", f"{SITE}/starlette/requests.py", 31), **changes)


def missing(module: str, file: str = f"{SITE}/starlette/middleware/sessions.py") -> Raised:
    """An ImportError for *module*."""
    return Raised("ModuleNotFoundError", f"No module named {module!r}", file, 3, module)


def checked(*errors: tuple[int, str], **changes: Any) -> Observation:
    """A program that mypy found *errors* in, by line and code."""
    found = tuple(TypingError(line, code, "in mypy's words") for line, code in errors)
    usual = Observation(Outcome.COMPLETED, Engine.STATIC, errors=found, freeze=environment().freeze)
    return replace(usual, **changes)


def broken_off(outcome: Outcome, engine: Engine) -> Observation:
    return Observation(outcome, engine, detail=f"it {outcome}")


def not_built(obstacle: Obstacle, engine: Engine = Engine.RUNTIME) -> Observation:
    return Observation(Outcome.NOT_BUILT, engine, detail="uv said so", obstacle=obstacle)


def row(**changes: Any) -> Row:
    """A repro that tells, affected on the broken side as expected."""
    usual = Row(
        case="session_lost_7",
        issue=7,
        check=Check.REPRO,
        engine=Engine.RUNTIME,
        side=Side.BROKEN,
        release="0.2.0",
        profile=Profile.PERIOD,
        python="3.11.7",
        expected=Verdict.AFFECTED,
        verdict=Verdict.AFFECTED,
        reason=None,
        evidence="AssertionError (starlette/requests.py:31)",
        starlette_file=f"{SITE}/starlette/__init__.py",
        freeze=("anyio==3.3.4", "starlette==0.2.0"),
        used=("anyio==3.3.4",),
        tells=True,
        seconds=0.25,
    )
    return replace(usual, **changes)


def release(version: str, uploaded: str = "2021-11-04T12:00:00Z", yanked: bool = False) -> Release:
    return Release(version, datetime.fromisoformat(uploaded), yanked)


def index(*releases: Release | str) -> Index:
    """An index as of the end of 2026; a release may be given by its version alone."""
    listed = tuple(release(each) if isinstance(each, str) else each for each in releases)
    return Index(datetime(2026, 12, 31, tzinfo=UTC), listed)


PROGRAMS = {"repro.py": "", "typing_check.py": "", "README.md": ""}


def write_case(directory: Path, document: str | Mapping[str, Any], programs: Mapping[str, str] = PROGRAMS) -> None:
    """Lay a case into *directory*: the text of its case.toml, or the keys of it, and its programs."""
    directory.mkdir(parents=True)
    text = document if isinstance(document, str) else "".join(f"{k} = {to_toml(v)}\n" for k, v in document.items())
    for name, content in {"case.toml": text, **programs}.items():
        (directory / name).write_text(content, encoding="utf-8")


def to_toml(value: object) -> str:
    """*value* in TOML, with its tables in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {to_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(to_toml(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)
