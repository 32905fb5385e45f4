"""The sweep: what is run once, what is run again, and what is taken from an earlier sweep."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.case import Case, Check
from harness.environment import Builder
from harness.errors import UserError
from harness.evidence import document, dump
from harness.exits import Exit
from harness.index import Profile
from harness.observation import Environment, Observation, Obstacle, Unavailable
from harness.plan import Target, Task
from harness.record import Row, write_record
from harness.store import Store
from harness.sweep import REPETITIONS, Sweep, targets
from harness.sweeping import sweep_all
from harness.verdict import Reason, Verdict
from tests.factories import case, checked, completed, environment, index, raised, row

INDEX = index("0.1.0", "0.2.0b1", "0.2.0", "0.3.0", "0.4.0", "0.5.0")
AFFECTED = {"0.2.0", "0.3.0"}


class Stub(Builder):
    """Builds an environment out of nothing, but for the releases that *missing* names."""

    def __init__(self, missing: Sequence[str] = ()) -> None:
        self.missing = missing

    def resolved(
        self, release: str, profile: Profile, python: str, required: Sequence[str], optional: Sequence[str]
    ) -> Environment | Unavailable:
        if release in self.missing:
            return Unavailable(Obstacle.NOT_INSTALLABLE, "nothing fits")
        return environment(release=release, freeze=("anyio==3.3.4", f"starlette=={release}"))


class Machine:
    """Stands in for what runs programs: affected where it should be, and counts."""

    def __init__(self) -> None:
        self.ran: Counter[str] = Counter()
        self.moods: dict[str, list[bool]] = {}

    def __call__(self, tasks: Sequence[Task], target: Environment, builder: Builder) -> dict[Task, Observation]:
        self.ran[target.release] += 1
        mood = self.moods.get(target.release)
        affected = mood.pop(0) if mood else target.release in AFFECTED
        ended = raised() if affected else completed()
        run = replace(ended, freeze=target.freeze, imported_version=target.release)
        return {task: run if task.check is Check.REPRO else checked(freeze=target.freeze) for task in tasks}


@pytest.fixture
def subject(tmp_path: Path) -> Case:
    for name in ("repro.py", "typing_check.py", "case.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    return case(directory=tmp_path)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    stand_in = Machine()
    monkeypatch.setattr("harness.sweep.observe", stand_in)
    return stand_in


def swept(subject: Case, store: Path, missing: Sequence[str] = ()) -> tuple[Row, ...]:
    wanted = targets(INDEX, [Profile.PERIOD], None, None)
    return Sweep([subject], [subject], Stub(missing), Store(store)).run(wanted, lambda _: None)


def verdicts(rows: Sequence[Row]) -> Mapping[str, Verdict]:
    return {each.release: each.verdict for each in rows if each.check is Check.REPRO}


def test_every_release_gets_its_verdict(subject: Case, machine: Machine, tmp_path: Path) -> None:
    found = verdicts(swept(subject, tmp_path / "store"))
    assert {release for release, verdict in found.items() if verdict is Verdict.AFFECTED} == AFFECTED
    assert list(found) == [release.version for release in INDEX.releases]


def test_only_a_verdict_that_borders_on_another_is_run_again(subject: Case, machine: Machine, tmp_path: Path) -> None:
    swept(subject, tmp_path / "store")
    borders = {"0.2.0b1", "0.2.0", "0.3.0", "0.4.0"}
    assert machine.ran == {
        release.version: REPETITIONS if release.version in borders else 1 for release in INDEX.releases
    }


def test_runs_that_disagree_are_flaky_and_say_how_many(subject: Case, machine: Machine, tmp_path: Path) -> None:
    machine.moods["0.3.0"] = [True, False, True]
    rows = swept(subject, tmp_path / "store")
    assert verdicts(rows)["0.3.0"] is Verdict.FLAKY
    (flaky,) = [each for each in rows if each.verdict is Verdict.FLAKY]
    assert flaky.evidence == "affected in 2 of 3, unaffected in 1 of 3"


def test_a_second_sweep_runs_nothing_and_says_the_same(subject: Case, machine: Machine, tmp_path: Path) -> None:
    first = swept(subject, tmp_path / "store")
    machine.ran.clear()
    assert swept(subject, tmp_path / "store") == first
    assert not machine.ran


@pytest.mark.parametrize("name", ["repro.py", "typing_check.py", "case.toml"])
def test_an_edited_case_is_run_again(subject: Case, machine: Machine, tmp_path: Path, name: str) -> None:
    swept(subject, tmp_path / "store")
    machine.ran.clear()
    (subject.directory / name).write_text("# edited\n", encoding="utf-8")
    swept(subject, tmp_path / "store")
    assert set(machine.ran) == {release.version for release in INDEX.releases}


def test_a_stored_observation_that_is_damaged_is_made_again(subject: Case, machine: Machine, tmp_path: Path) -> None:
    first = swept(subject, tmp_path / "store")
    for kept in (tmp_path / "store").rglob("0.4.0*.json"):
        kept.write_text("[{", encoding="utf-8")
    machine.ran.clear()
    assert swept(subject, tmp_path / "store") == first
    assert set(machine.ran) == {"0.4.0"}


def test_what_cannot_be_built_is_listed_with_its_reason(subject: Case, machine: Machine, tmp_path: Path) -> None:
    rows = swept(subject, tmp_path / "store", missing=["0.4.0"])
    assert {(each.verdict, each.reason) for each in rows if each.release == "0.4.0"} == {
        ("unavailable", "not_installable")
    }


def test_a_range_takes_in_both_ends_and_pre_releases() -> None:
    wanted = targets(INDEX, list(Profile), "0.2.0b1", "0.3.0")
    assert [(each.release, each.profile) for each in wanted] == [
        (release, profile) for profile in Profile for release in ("0.2.0b1", "0.2.0", "0.3.0")
    ]
    assert set(wanted) == {Target(each.release, each.profile, each.release) for each in wanted}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"shard": "3/2"}, "--shard 3/2: write I/N"),
        ({"shard": "0/2"}, "--shard 0/2: write I/N"),
        ({"shard": "half"}, "--shard half: write I/N"),
        ({"releases": "0.12.0"}, r"--releases 0\.12\.0: write A\.\.B"),
        ({"releases": "0.12.99.."}, r"0\.12\.99 is not on the index"),
    ],
)
def test_a_part_that_there_is_not_is_refused(subject: Case, options: Mapping[str, str], said: str) -> None:
    usual = {"releases": "..", "shard": "1/1"}
    with pytest.raises(UserError, match=said):
        sweep_all([subject], list(Profile), merge=None, verify=True, **{**usual, **options})


def test_a_shard_that_was_cut_short_is_not_merged(subject: Case, tmp_path: Path) -> None:
    path = tmp_path / "sweep-1-of-2.jsonl"
    write_record(path, "nox -s sweep", [row()])
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    with pytest.raises(UserError, match="no footer"):
        sweep_all([subject], list(Profile), "..", "1/1", [path], verify=True)


def test_shards_that_do_not_agree_are_not_merged(subject: Case, tmp_path: Path) -> None:
    paths = [tmp_path / f"{verdict}.jsonl" for verdict in (Verdict.AFFECTED, Verdict.UNAFFECTED)]
    for path in paths:
        write_record(path, "nox -s sweep", [row(side=None, verdict=Verdict(path.stem))])
    with pytest.raises(UserError, match=r"0\.2\.0 period is affected in one and unaffected in another"):
        sweep_all([subject], list(Profile), "..", "1/1", paths, verify=True)


def test_evidence_is_not_overwritten_with_what_could_not_be_built(
    subject: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    committed = tmp_path / f"{subject.name}.json"
    seen = [row(side=None, expected=None, check=check) for check in (Check.REPRO, Check.TYPING)]
    committed.write_text(dump(document(subject, seen, index("0.2.0"), None)), "utf-8")
    before = committed.read_bytes()
    monkeypatch.setattr("harness.sweeping.EVIDENCE", tmp_path)
    gone = [replace(each, verdict=Verdict.UNAVAILABLE, reason=Reason.NOT_INSTALLABLE) for each in seen]
    write_record(tmp_path / "sweep.jsonl", "nox -s sweep", gone)
    code = sweep_all([subject], list(Profile), "..", "1/1", [tmp_path / "sweep.jsonl"], verify=False)
    assert (code, committed.read_bytes()) == (Exit.NOT_OBSERVED, before)
    assert "could not be built: 0.2.0 period (not_installable)" in capsys.readouterr().out
