"""Running: what is wanted of one environment is one visit, and a row says what was asked for and what was found."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import repros.engine
import typing_checks.engine
from harness.catalogue.case import Check, Needs
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.target import Target, Wanted
from harness.judgement.observation import Observation
from harness.judgement.vocabulary import Reason, Verdict
from harness.runs.plan import Job
from harness.runs.run import Runner, row, rows
from harness.runs.seen import Seen
from repros.engine import Program
from tests.support.factories import case, checked, completed, environment, job, raised, target

BARE = environment(freeze=("starlette==0.2.0",))


class Stub:
    """Builds an environment out of nothing, but for the releases that it is told cannot be had."""

    mypy_caches = bytecode = Path("cache")

    def __init__(self, base: Environment | Unavailable = BARE) -> None:
        self.found = base
        self.visits: list[Target] = []

    def base(self, wanted: Target) -> Environment | Unavailable:
        self.visits.append(wanted)
        return self.found

    def layered(self, base: Environment, wanted: Target) -> Environment | Unavailable:
        return replace(base, freeze=tuple(sorted((*base.freeze, *(f"{each}==1" for each in wanted.layer.required)))))

    def drivers(self, base: Environment, wanted: Target) -> Path | None:
        return Path("drivers") if wanted.drivers else None


class Engines:
    """Stand in for both engines, and count how often each is called, with how many programs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ran: list[int] = []
        self.checked: list[int] = []
        monkeypatch.setattr(repros.engine, "observe", self.run)
        monkeypatch.setattr(typing_checks.engine, "observe", self.check)

    def run(self, base: Environment, programs: Sequence[Program], **_: Any) -> Sequence[Observation]:
        self.ran.append(len(programs))
        return [completed(freeze=base.freeze) for _ in programs]

    def check(self, base: Environment, programs: Sequence[Path], caches: Path) -> Sequence[Observation]:
        self.checked.append(len(programs))
        return [checked(freeze=base.freeze) for _ in programs]


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> Engines:
    return Engines(monkeypatch)


def plain(name: str, check: Check = Check.REPRO, needs: Needs | None = None, wanted: Target | None = None) -> Job:
    subject = case(name, environment=needs or Needs())
    layer = Wanted.of(subject.environment.requires)
    return job(subject, check, target=replace(wanted or target(), layer=layer))


def test_everything_that_is_wanted_of_one_environment_is_one_visit(engines: Engines) -> None:
    stub = Stub()
    jobs = [plain(f"lost{n}_7", check) for n in range(20) for check in (Check.REPRO, Check.TYPING)]
    other = plain("lost_7", wanted=target("0.3.0"))
    found = Runner(stub).run([*jobs, other])  # type: ignore[arg-type]
    assert sorted(engines.ran) == [1, 20]
    assert engines.checked == [20]
    assert [each.release for each in stub.visits] == ["0.2.0", "0.3.0"]
    assert list(found) == [*jobs, other]


def test_programs_with_layers_of_their_own_run_from_the_same_interpreter(engines: Engines) -> None:
    jobs = [plain("a_lost_7"), plain("b_lost_7", needs=Needs(requires=("jinja2",)))]
    found = Runner(Stub()).run(jobs)  # type: ignore[arg-type]
    assert engines.ran == [2]
    freezes = [each.subject.freeze for each in found.values() if isinstance(each.subject, Environment)]
    assert freezes == [("starlette==0.2.0",), ("jinja2==1", "starlette==0.2.0")]


def test_what_a_program_changed_mypy_has_seen_too(engines: Engines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repros.engine, "observe", lambda base, *_, **__: [completed(freeze=base.freeze, changed=True)])
    found = rows(Runner(Stub()).run([plain("a_lost_7"), plain("b_lost_7", Check.TYPING)]))  # type: ignore[arg-type]
    assert [each.reason for each in found] == [Reason.CHANGED_ENVIRONMENT] * 2


def test_what_cannot_be_built_is_said_of_every_job_and_nothing_is_run(engines: Engines) -> None:
    gone = Unavailable(Obstacle.NOT_INSTALLABLE, "nothing fits")
    found = rows(Runner(Stub(gone)).run([plain("a_lost_7"), plain("b_lost_7")]))  # type: ignore[arg-type]
    assert [(each.verdict, each.reason) for each in found] == [(Verdict.UNAVAILABLE, Reason.NOT_INSTALLABLE)] * 2
    assert engines.ran == []


def test_a_missing_package_is_decided_before_anything_runs(engines: Engines) -> None:
    wanted = job(case(environment=Needs(requires=("python-multipart",))))
    (found,) = rows(Runner(Stub()).run_in(BARE, [wanted]))  # type: ignore[arg-type]
    assert (found.verdict, found.reason) == (Verdict.NOT_APPLICABLE, Reason.MISSING_PACKAGE)
    assert found.evidence == "python-multipart is not installed"
    assert engines.ran == []


def test_an_interpreter_on_which_the_bug_cannot_be_is_not_applicable(engines: Engines) -> None:
    wanted = job(case(environment=Needs(python="<3.11")))
    (found,) = rows(Runner(Stub()).run_in(BARE, [wanted]))  # type: ignore[arg-type]
    assert (found.verdict, found.reason) == (Verdict.NOT_APPLICABLE, Reason.WRONG_PYTHON)
    assert engines.ran == []


def test_a_job_is_run_as_often_as_it_is_asked_for(engines: Engines) -> None:
    wanted = plain("a_lost_7")
    found = Runner(Stub()).run([wanted], {wanted: 3})  # type: ignore[arg-type]
    assert len(found[wanted].runs) == 3


def test_a_row_says_what_was_asked_for_and_what_was_found() -> None:
    found = row(job(), Seen(environment(freeze=("itsdangerous==2.2.0", "starlette==0.2.0")), (_symptom(),)))
    assert (found.case, found.issue, found.label, found.check) == ("session_lost_7", 7, "#7", Check.REPRO)
    assert (found.release, found.profile, found.expected) == ("0.2.0", "period", Verdict.AFFECTED)
    assert (found.verdict, found.reason) == (Verdict.AFFECTED, None)
    assert found.python == environment().python
    assert found.discriminates


def _symptom() -> Observation:
    return raised(freeze=("itsdangerous==2.2.0", "starlette==0.2.0"))


def test_repeated_runs_that_disagree_are_flaky() -> None:
    freeze = ("itsdangerous==2.2.0", "starlette==0.2.0")
    found = row(job(), Seen(environment(freeze=freeze), (_symptom(), completed(freeze=freeze))))
    assert (found.verdict, found.reason) == (Verdict.FLAKY, Reason.DISAGREEING)


def test_a_row_shows_the_starlette_that_was_imported_rather_than_the_one_asked_for() -> None:
    seen = completed(imported_file="elsewhere/starlette/__init__.py")
    assert row(job(), Seen(environment(), (seen,))).starlette_file == "elsewhere/starlette/__init__.py"
    seen = completed(imported_file=None)
    assert row(job(), Seen(environment(), (seen,))).starlette_file == environment().starlette_file
