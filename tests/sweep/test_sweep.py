"""The sweep: what is run once, what is run again, and what is taken from an earlier sweep."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.catalogue.case import Case, Check
from harness.commands import main
from harness.environments.builder import Builder
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.target import Target
from harness.judgement.observation import Engine, Observation, Outcome
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Profile
from harness.runs.plan import Task
from harness.runs.record import Row, write_record
from harness.runs.store import Store
from harness.support.exits import Exit
from harness.sweep.sweep import REPETITIONS, Sweep, targets
from tests.support.factories import broken_off, case, checked, completed, environment, index, raised, row

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
    monkeypatch.setattr("harness.sweep.sweep.observe", stand_in)
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
        (["--shard", "3/2"], "--shard 3/2: write I/N"),
        (["--shard", "0/2"], "--shard 0/2: write I/N"),
        (["--shard", "half"], "--shard half: write I/N"),
        (["--releases", "0.12.0"], "--releases 0.12.0: write A..B"),
        (["--releases", "0.12.99.."], "0.12.99 is not on the index"),
        (["--releases", "0.13.0..0.12.0"], "0.13.0 is newer than 0.12.0"),
        (["--verify", "--shard", "1/2"], "--verify: a shard holds nothing against the evidence"),
        (
            ["--merge", "x.jsonl", "--shard", "1/2", "--case", "a"],
            "--merge: --case and --shard cannot be given with it",
        ),
    ],
)
def test_a_part_that_there_is_not_is_refused(
    options: Sequence[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sweep", *options]) == Exit.WRONG_USE
    assert said in capsys.readouterr().err


@pytest.fixture
def suite(
    subject: Case, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[Exit, str]]:
    """Sweeps the releases of INDEX with the command, in a folder of its own."""
    for name in ("EVIDENCE", "REPORTS", "CACHE"):
        for module in ("keeping", "sweeping"):
            monkeypatch.setattr(f"harness.{module}.{name}", tmp_path / name.lower(), raising=False)
    monkeypatch.setattr("harness.evidence.publish.readme_with_ranges", lambda *_: "")
    monkeypatch.setattr("harness.sweep.parts.Builder", Stub)
    for module in ("sweeping", "commands.sweep"):
        monkeypatch.setattr(f"harness.{module}.load_catalogue", lambda: (subject,))
    monkeypatch.setattr("harness.sweep.parts.load_index", lambda: INDEX)

    def run(*options: str | Path) -> tuple[Exit, str]:
        code = Exit(main(["sweep", *map(str, options)]))
        written = tmp_path / "evidence" / f"{subject.name}.json"
        return code, written.read_text(encoding="utf-8") if written.is_file() else ""

    return run


Run = Callable[..., tuple[Exit, str]]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_shards_give_the_same_bytes_as_one_sweep(suite: Run, tmp_path: Path, count: int) -> None:
    whole = suite()
    for written in (tmp_path / "evidence").rglob("*.json"):
        written.unlink()
    for number in range(1, count + 1):
        code, _ = suite("--shard", f"{number}/{count}")
        assert code is Exit.AS_EXPECTED
    names = [f"sweep-{number}-of-{count}.jsonl" if count > 1 else "sweep.jsonl" for number in range(1, count + 1)]
    assert suite("--merge", *(tmp_path / "reports" / name for name in reversed(names))) == whole
    assert suite("--merge", *(tmp_path / "reports" / name for name in names), "--verify") == whole


def test_only_all_the_shards_of_one_sweep_are_merged(
    suite: Run, machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for shard in ("1/2", "2/2", "1/3"):
        suite("--shard", shard)
    reports = tmp_path / "reports"
    one, two, other = (reports / f"sweep-{name}.jsonl" for name in ("1-of-2", "2-of-2", "1-of-3"))
    write_record(reports / "cases.jsonl", "nox -s cases", [row()])
    cut = reports / "cut.jsonl"
    cut.write_text("".join(one.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    for records, said in (
        ([one], "the shards here are 1 of 2; name each of them once"),
        ([one, one], "the shards here are 1, 1 of 2"),
        ([one, two, other], "it is of another sweep than"),
        ([reports / "cases.jsonl"], "it is of nox -s cases; name the records of a sweep's shards"),
        ([cut, two], "no footer"),
    ):
        assert suite("--merge", *records) == (Exit.WRONG_USE, "")
        assert said in capsys.readouterr().err


def test_shards_of_other_programs_are_not_merged(
    suite: Run, subject: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suite("--shard", "1/2")
    (subject.directory / "repro.py").write_text("# edited\n", encoding="utf-8")
    suite("--shard", "2/2")
    records = [tmp_path / "reports" / f"sweep-{number}-of-2.jsonl" for number in (1, 2)]
    assert suite("--merge", *records)[0] is Exit.WRONG_USE
    assert "programs differ" in capsys.readouterr().err


def test_a_verification_observes_everything_anew(
    suite: Run, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    suite()
    machine.ran.clear()
    assert suite("--verify")[0] is Exit.AS_EXPECTED
    assert "holds, measured in 12 of 12 environments" in capsys.readouterr().out
    assert set(machine.ran) == {release.version for release in INDEX.releases}
    machine.moods["0.5.0"] = [True] * 2
    assert suite("--verify")[0] is Exit.DIFFERS
    assert '+      {"release": "0.5.0"' in capsys.readouterr().out.replace("        ", "      ")


def test_a_sweep_that_found_something_flaky_says_so_and_is_no_success(
    suite: Run, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.moods["0.3.0"] = [True, False, True]
    assert suite("--profile", "period")[0] is Exit.NOT_OBSERVED
    assert "0.3.0 period: flaky: affected in 2 of 3, unaffected in 1 of 3" in capsys.readouterr().out


def test_the_neighbours_of_what_turns_out_to_be_flaky_are_repeated_too(suite: Run, machine: Machine) -> None:
    machine.moods["0.4.0"] = [False, True, False]
    suite("--profile", "period")
    assert machine.ran["0.5.0"] == REPETITIONS


def test_evidence_is_not_written_over_with_what_could_not_be_built(
    suite: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, before = suite()
    monkeypatch.setattr("harness.sweep.parts.Builder", lambda: Stub(["0.4.0"]))
    assert suite() == (Exit.NOT_OBSERVED, before)
    assert "could not be built:\n  0.4.0 period: not_installable: nothing fits" in capsys.readouterr().out


def test_what_never_could_be_built_is_in_the_evidence_and_no_success(
    suite: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.sweep.parts.Builder", lambda: Stub(["0.4.0"]))
    code, written = suite()
    assert code is Exit.NOT_OBSERVED
    assert '"release": "0.4.0", "repro": "unavailable"' in written


def test_what_says_more_of_the_machine_than_of_the_case_is_observed_again(
    subject: Case, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hung = broken_off(Outcome.TIMED_OUT, Engine.RUNTIME)
    monkeypatch.setattr("harness.sweep.sweep.observe", lambda tasks, *_: dict.fromkeys(tasks, hung))
    assert set(verdicts(swept(subject, tmp_path / "store")).values()) == {Verdict.INCONCLUSIVE}
    monkeypatch.setattr("harness.sweep.sweep.observe", machine)
    found = verdicts(swept(subject, tmp_path / "store"))
    assert {release for release, verdict in found.items() if verdict is Verdict.AFFECTED} == AFFECTED


def test_shards_of_an_older_state_of_the_programs_are_not_merged(
    suite: Run, subject: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        suite("--shard", f"{number}/2")
    (subject.directory / "repro.py").write_text("# edited\n", encoding="utf-8")
    records = [tmp_path / "reports" / f"sweep-{number}-of-2.jsonl" for number in (1, 2)]
    assert suite("--merge", *records) == (Exit.WRONG_USE, "")
    assert "programs differ from what this checkout has; sweep again here" in capsys.readouterr().err


def test_a_change_at_the_seam_of_two_shards_is_repeated(suite: Run, machine: Machine) -> None:
    suite("--profile", "period", "--shard", "3/3")
    assert machine.ran == {"0.3.0": REPETITIONS, "0.4.0": REPETITIONS, "0.5.0": 1}
