"""Facts for the tests: each factory builds something ordinary, and takes what a test varies."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from harness.catalogue.case import Area, Boundary, Case, Check, Claim, Kind, Needs, References, Side, Signature
from harness.environments.model import Environment, Obstacle
from harness.environments.target import Target
from harness.evidence.pages import BEGIN, END
from harness.judgement.observation import Engine, Observation, Outcome, Raised, TypingError
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index, Release
from harness.releases.profiles import PERIOD, TODAY, Cutoff, Profile
from harness.runs.plan import Job, Releases, Task
from harness.runs.row import Row

SYMPTOM = Signature(raises="AssertionError", raised_in="starlette/requests.py", matches="^no session")
HERE = Path("checkout/cases/session_lost_7")
SITE = "venv/lib/site-packages"


def boundary(**changes: Any) -> Boundary:
    return Boundary(broken="0.2.0", fixed="0.3.0", profile=PERIOD).model_copy(update=changes)


def case(name: str = "session_lost_7", directory: Path = HERE, marks: Any = (), **facts: Any) -> Case:
    """A case whose repro tells the sides apart, unless *facts* say otherwise; its title may be one that no file has."""
    title = facts.pop("title", "A session is lost")
    usual: dict[str, Any] = {
        "title": "A session is lost",
        "area": Area.SESSIONS,
        "kind": Kind.BUG,
        "references": References(issue=7, fix=8),
        "boundaries": (boundary(),),
        "symptom": (SYMPTOM,),
        "environment": Needs(requires=("itsdangerous",)),
        "no_mutant": "a miniature",
    }
    made = Case(name=name, directory=directory, marks=frozenset(marks), **usual | facts)
    return made.model_copy(update={"title": title})


def claim(fixed: str | None = None, introduced: str | None = None) -> Claim:
    return Claim(source="a page", introduced=introduced, fixed=fixed)


def profile(name: str = PERIOD, **changes: Any) -> Profile:
    cutoff = Cutoff.RELEASE if name == PERIOD else Cutoff.INDEX
    return replace(Profile(name, cutoff, ">=3.11", (), name), **changes)


def releases(known: Index, *more: Profile) -> Releases:
    """What a plan needs to know, with `period`, `today` and *more* profiles."""
    profiles = {each.name: each for each in (profile(PERIOD), profile(TODAY), *more)}
    return Releases(known, profiles)


def target(release: str = "0.2.0", **changes: Any) -> Target:
    return replace(Target(release, profile(), datetime(2021, 11, 5, tzinfo=UTC), ">=3.11"), **changes)


def job(subject: Case | None = None, check: Check = Check.REPRO, **changes: Any) -> Job:
    """A program of `case()` on the broken side, under `period`."""
    engine = Engine.RUNTIME if check is Check.REPRO else Engine.STATIC
    return replace(
        Job(target(), Task(subject or case(), check, engine, Side.BROKEN, Verdict.AFFECTED), PERIOD), **changes
    )


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
    return Observation(Outcome.NOT_RUN, engine, detail="uv said so", obstacle=obstacle)


def row(**changes: Any) -> Row:
    """A repro that tells, affected on the broken side as expected."""
    usual = Row(
        case="session_lost_7",
        issue=7,
        label="#7",
        kind=Kind.BUG,
        check=Check.REPRO,
        engine=Engine.RUNTIME,
        side=Side.BROKEN,
        release="0.2.0",
        profile=PERIOD,
        python="3.11.7",
        expected=Verdict.AFFECTED,
        verdict=Verdict.AFFECTED,
        reason=None,
        evidence="AssertionError (starlette/requests.py:31)",
        starlette_file=f"{SITE}/starlette/__init__.py",
        freeze=("anyio==3.3.4", "starlette==0.2.0"),
        used=("anyio==3.3.4",),
        discriminates=True,
        seconds=0.25,
    )
    return replace(usual, **changes)


def release(version: str, uploaded: str = "2021-11-04T12:00:00Z", yanked: bool = False) -> Release:
    return Release(version, datetime.fromisoformat(uploaded), yanked)


def index(*releases: Release | str) -> Index:
    """An index as of the end of 2026; a release may be given by its version alone."""
    listed = tuple(release(each) if isinstance(each, str) else each for each in releases)
    return Index(datetime(2026, 12, 31, tzinfo=UTC), listed)


PROGRAMS = {"repro.py": "", "typing_check.py": "", "README.md": f"{BEGIN}\n{END}\n"}


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
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "[" + ", ".join(to_toml(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)
