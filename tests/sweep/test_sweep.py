"""The sweep: what is run once, what is run again, and what is taken from an earlier sweep."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.catalogue.case import Case, Check, Needs
from harness.catalogue.marks import Mark
from harness.judgement.observation import Engine, Observation, Outcome
from harness.judgement.vocabulary import Verdict
from harness.releases.profiles import PERIOD, TODAY
from harness.runs.row import Row
from harness.runs.run import Runner
from harness.runs.store import Store
from harness.sweep.sweep import REPETITIONS, Place, Sweep, places, swept_python
from tests.support.factories import (
    SYMPTOM,
    boundary,
    broken_off,
    case,
    completed,
    index,
    profile,
    raised,
    releases,
    write_case,
)
from tests.support.machines import Machine, Stub, plug_in

INDEX = index("0.1.0", "0.2.0b1", "0.2.0", "0.3.0", "0.4.0", "0.5.0")
OLD = profile("today-old", python="==3.10.*")
WORLD = releases(INDEX, OLD)
AFFECTED = {"0.2.0", "0.3.0"}
EVERY = {release.version for release in INDEX.releases}


@pytest.fixture
def subject(tmp_path: Path) -> Case:
    write_case(tmp_path / "session_lost_7", "")
    return case(directory=tmp_path / "session_lost_7")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return plug_in(Machine(AFFECTED), monkeypatch)


def swept(subject: Case, store: Path, missing: Sequence[str] = (), under: Sequence[str] = (PERIOD,)) -> tuple[Row, ...]:
    wanted = places(INDEX, under, None, None)
    return Sweep([subject], WORLD, Runner(Stub(missing), Store(store))).run(wanted)


def verdicts(rows: Sequence[Row]) -> Mapping[str, Verdict]:
    return {each.release: each.verdict for each in rows if each.check is Check.REPRO}


def affected(rows: Sequence[Row]) -> set[str]:
    return {release for release, verdict in verdicts(rows).items() if verdict is Verdict.AFFECTED}


def test_every_release_gets_its_verdict(subject: Case, machine: Machine, tmp_path: Path) -> None:
    rows = swept(subject, tmp_path / "store")
    assert affected(rows) == AFFECTED
    assert list(verdicts(rows)) == [release.version for release in INDEX.releases]


def test_only_the_programs_that_discriminate_are_run(machine: Machine, subject: Case, tmp_path: Path) -> None:
    both = subject.model_copy(update={"marks": frozenset([Mark(3, "arg-type")])})
    assert {row.check for row in swept(subject, tmp_path / "store")} == {Check.REPRO}
    assert {row.check for row in swept(both, tmp_path / "store")} == {Check.REPRO, Check.TYPING}


def test_only_a_verdict_that_borders_on_another_is_run_again(subject: Case, machine: Machine, tmp_path: Path) -> None:
    swept(subject, tmp_path / "store")
    borders = {"0.2.0b1", "0.2.0", "0.3.0", "0.4.0"}
    assert machine.ran == {release: REPETITIONS if release in borders else 1 for release in EVERY}


def test_runs_that_disagree_are_flaky_and_say_how_many(subject: Case, machine: Machine, tmp_path: Path) -> None:
    machine.endings["0.3.0"] = [raised(), completed(), raised()]
    rows = swept(subject, tmp_path / "store")
    (flaky,) = [each for each in rows if each.verdict is Verdict.FLAKY]
    assert (flaky.release, flaky.evidence) == ("0.3.0", "affected in 2 of 3, unaffected in 1 of 3")


def test_the_neighbours_of_what_turns_out_to_be_flaky_are_repeated_too(
    subject: Case, machine: Machine, tmp_path: Path
) -> None:
    machine.endings["0.4.0"] = [completed(), raised(), completed()]
    swept(subject, tmp_path / "store")
    assert machine.ran["0.5.0"] == REPETITIONS


def test_a_second_sweep_runs_nothing_and_says_the_same(subject: Case, machine: Machine, tmp_path: Path) -> None:
    first = swept(subject, tmp_path / "store")
    machine.ran.clear()
    assert swept(subject, tmp_path / "store") == first
    assert not machine.ran


def test_a_sweep_that_was_interrupted_goes_on_where_it_was(subject: Case, machine: Machine, tmp_path: Path) -> None:
    Sweep([subject], WORLD, Runner(Stub(), Store(tmp_path / "store"))).run(places(INDEX, [PERIOD], None, "0.2.0b1"))
    machine.ran.clear()
    assert affected(swept(subject, tmp_path / "store")) == AFFECTED
    # Of the last one that had run, a neighbour is known only now.
    assert machine.ran["0.1.0"] == 0
    assert machine.ran["0.2.0b1"] == REPETITIONS - 1


def test_a_profile_that_installs_the_same_is_not_run_anew(subject: Case, machine: Machine, tmp_path: Path) -> None:
    swept(subject, tmp_path / "store")
    machine.ran.clear()
    assert affected(swept(subject, tmp_path / "store", under=[TODAY])) == AFFECTED
    assert not machine.ran


def test_an_edited_program_is_run_again(subject: Case, machine: Machine, tmp_path: Path) -> None:
    swept(subject, tmp_path / "store")
    machine.ran.clear()
    subject.program(Check.REPRO).write_text("# edited\n", encoding="utf-8")
    swept(subject, tmp_path / "store")
    assert set(machine.ran) == EVERY


def test_facts_are_kept_and_not_verdicts_so_that_another_symptom_runs_nothing(
    subject: Case, machine: Machine, tmp_path: Path
) -> None:
    swept(subject, tmp_path / "store")
    machine.ran.clear()
    other = subject.model_copy(update={"symptom": (SYMPTOM.model_copy(update={"raises": "KeyError"}),)})
    found = verdicts(swept(other, tmp_path / "store"))
    assert {release for release, verdict in found.items() if verdict is Verdict.INCONCLUSIVE} == AFFECTED
    assert not machine.ran


def test_a_new_case_leaves_what_is_stored_of_the_others_as_it_is(
    subject: Case, machine: Machine, tmp_path: Path
) -> None:
    swept(subject, tmp_path / "store")
    before = stored(tmp_path / "store")
    write_case(tmp_path / "header_lost_8", "", {"repro.py": "# another\n", "typing_check.py": ""})
    swept(case("header_lost_8", tmp_path / "header_lost_8"), tmp_path / "store")
    after = stored(tmp_path / "store")
    assert {key: after[key] for key in before} == before
    assert len(after) == 2 * len(before)


def stored(file: Path) -> dict[str, bytes]:
    with sqlite3.connect(file) as database:
        return dict(database.execute("SELECT key, runs FROM observations"))


def test_a_stored_observation_of_another_shape_is_made_again(subject: Case, machine: Machine, tmp_path: Path) -> None:
    first = swept(subject, tmp_path / "store")
    with sqlite3.connect(tmp_path / "store") as database:
        database.execute('UPDATE observations SET runs = \'[{"outcome": "fine"}]\'')
    machine.ran.clear()
    assert swept(subject, tmp_path / "store") == first
    assert set(machine.ran) == EVERY


@pytest.mark.parametrize("content", [b"no database at all", b"\0" * 5000])
def test_a_damaged_store_is_begun_again(subject: Case, machine: Machine, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store").write_bytes(content)
    assert affected(swept(subject, tmp_path / "store")) == AFFECTED
    machine.ran.clear()
    swept(subject, tmp_path / "store")
    assert not machine.ran


def test_what_cannot_be_built_is_listed_with_its_reason(subject: Case, machine: Machine, tmp_path: Path) -> None:
    rows = swept(subject, tmp_path / "store", missing=["0.4.0"])
    assert {(each.verdict, each.reason) for each in rows if each.release == "0.4.0"} == {
        ("unavailable", "not_installable")
    }


@pytest.mark.parametrize("ending", [broken_off(Outcome.TIMED_OUT, Engine.RUNTIME), completed(changed=True)])
def test_what_says_more_of_the_machine_than_of_the_case_is_observed_again(
    subject: Case, machine: Machine, tmp_path: Path, ending: Observation
) -> None:
    machine.endings = {release: [ending] for release in EVERY}
    assert set(verdicts(swept(subject, tmp_path / "store")).values()) == {Verdict.INCONCLUSIVE}
    assert affected(swept(subject, tmp_path / "store")) == AFFECTED


def test_a_case_is_swept_under_the_profiles_that_always_exist_and_those_that_it_names(
    subject: Case, machine: Machine, tmp_path: Path
) -> None:
    named = subject.model_copy(update={"boundaries": (boundary(profile="today-old"),)})
    every = [PERIOD, TODAY, "today-old"]
    assert {row.profile for row in swept(subject, tmp_path / "one", under=every)} == {PERIOD, TODAY}
    assert {row.profile for row in swept(named, tmp_path / "two", under=every)} == set(every)


def test_every_machine_takes_the_same_minor_version_of_python() -> None:
    assert swept_python(profile()) == "==3.11.*"
    assert swept_python(OLD) == "==3.10.*"
    assert swept_python(replace(OLD, python=">=3.12")) == ">=3.12"


def test_a_case_that_cannot_be_seen_on_the_sweeps_python_is_not_applicable_there(
    subject: Case, machine: Machine, tmp_path: Path
) -> None:
    picky = subject.model_copy(update={"environment": Needs(python="<3.11")})
    rows = swept(picky, tmp_path / "store")
    assert {(row.verdict, row.reason) for row in rows} == {(Verdict.NOT_APPLICABLE, "wrong_python")}
    assert not machine.ran


def test_a_range_takes_in_both_ends_and_pre_releases() -> None:
    assert places(INDEX, [PERIOD, TODAY], "0.2.0b1", "0.3.0") == tuple(
        Place(release, name) for name in (PERIOD, TODAY) for release in ("0.2.0b1", "0.2.0", "0.3.0")
    )
