"""The command that sweeps: shards that come to the same, evidence that is written or held against, and mistakes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.catalogue.case import Case
from harness.commands import main
from harness.evidence.pages import BEGIN, END
from harness.judgement.observation import Observation
from harness.runs.record import write_record
from harness.support.exits import Exit
from harness.sweep.sweep import REPETITIONS
from tests.support.factories import case, completed, raised, row, write_case
from tests.support.machines import Machine, MadeUp, Stub, plug_in
from tests.sweep.test_sweep import AFFECTED, EVERY, INDEX, WORLD

FLAKY: Sequence[Observation] = (raised(), completed(), raised())


class Suite:
    """Sweeps the releases of INDEX with the command, in a folder of its own."""

    def __init__(self, folder: Path, subject: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.subject = subject
        self.workspace = MadeUp(INDEX, WORLD.profiles, (subject,), folder / "locks", folder / "cache")
        monkeypatch.setattr("harness.evidence.committed.EVIDENCE", folder / "evidence")
        monkeypatch.setattr("harness.sweep.parts.REPORTS", self.reports)
        monkeypatch.setattr("harness.commands.sweep.open_workspace", lambda: self.workspace)

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    def run(self, *options: str | Path) -> tuple[Exit, str]:
        """How the command ends, and the evidence afterwards."""
        code = Exit(main(["sweep", *map(str, options)]))
        written = self.folder / "evidence" / f"{self.subject.name}.json"
        return code, written.read_text(encoding="utf-8") if written.is_file() else ""

    def without(self, *releases: str) -> None:
        """From now on these cannot be built."""
        self.workspace = replace(self.workspace, stub=Stub(releases))

    def shard(self, number: int, count: int) -> Path:
        return self.reports / (f"sweep-{number}-of-{count}.jsonl" if count > 1 else "sweep.jsonl")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return plug_in(Machine(AFFECTED), monkeypatch)


@pytest.fixture
def suite(machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Suite:
    directory = tmp_path / "cases" / "session_lost_7"
    write_case(directory, "", {"repro.py": "", "typing_check.py": "", "README.md": f"# A bug\n{BEGIN}\n{END}\n"})
    return Suite(tmp_path, case(directory=directory), monkeypatch)


def test_evidence_that_cannot_be_read_is_said_before_anything_is_run(
    suite: Suite, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    suite.run()
    written = suite.folder / "evidence" / "session_lost_7.json"
    whole = written.read_text(encoding="utf-8")
    written.write_text("{", encoding="utf-8")
    machine.ran.clear()
    assert suite.run("--verify")[0] is Exit.WRONG_USE
    assert "session_lost_7.json: Invalid JSON" in (said := capsys.readouterr().err)
    assert "; restore it from git, or remove it and write it again with: nox -s sweep" in said
    assert not machine.ran
    written.unlink()
    assert suite.run() == (Exit.AS_EXPECTED, whole)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--shard", "3/2"], "--shard 3/2: write I/N"),
        (["--shard", "0/2"], "--shard 0/2: write I/N"),
        (["--shard", "half"], "--shard half: write I/N"),
        (["--releases", "0.2.0"], "--releases 0.2.0: write A..B"),
        (["--releases", "0.12.99.."], "0.12.99 is not on the index"),
        (["--releases", "0.3.0..0.2.0"], "0.3.0 is newer than 0.2.0"),
        (["--profile", "sometime"], "--profile sometime: these cases are measured under period, today; name one"),
        (["--case", "nope"], "--case nope: no case is called so"),
        (["--verify", "--shard", "1/2"], "--verify: a shard holds nothing against the evidence"),
        (
            ["--merge", "x.jsonl", "--shard", "1/2", "--case", "a"],
            "--merge: --case and --shard cannot be given with it",
        ),
    ],
)
def test_a_part_that_there_is_not_is_refused_and_nothing_runs(
    suite: Suite, machine: Machine, options: Sequence[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert suite.run(*options) == (Exit.WRONG_USE, "")
    assert said in capsys.readouterr().err
    assert not machine.ran


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_shards_give_the_same_bytes_as_one_sweep(suite: Suite, count: int) -> None:
    whole = suite.run()
    assert whole[0] is Exit.AS_EXPECTED
    for written in (suite.folder / "evidence").rglob("*.json"):
        written.unlink()
    records = [suite.shard(number, count) for number in range(1, count + 1)]
    for number in range(1, count + 1):
        assert suite.run("--shard", f"{number}/{count}")[0] is Exit.AS_EXPECTED
    assert suite.run("--merge", *reversed(records)) == whole
    assert suite.run("--merge", *records, "--verify") == whole


def test_only_all_the_shards_of_one_sweep_are_merged(suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    for shard in ("1/2", "2/2", "1/3"):
        suite.run("--shard", shard)
    one, two, other = suite.shard(1, 2), suite.shard(2, 2), suite.shard(1, 3)
    write_record(suite.reports / "cases.jsonl", "nox -s cases", [row()])
    cut = suite.reports / "cut.jsonl"
    cut.write_text("".join(one.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    for records, said in (
        ([one], "the shards here are 1 of 2; name each of them once"),
        ([one, one], "the shards here are 1, 1 of 2"),
        ([one, two, other], "it is of another sweep than"),
        ([suite.reports / "cases.jsonl"], "it is of nox -s cases; name the records of a sweep's shards"),
        ([cut, two], "no footer"),
    ):
        assert suite.run("--merge", *records) == (Exit.WRONG_USE, "")
        assert said in capsys.readouterr().err


def test_shards_of_other_programs_are_not_merged(suite: Suite, capsys: pytest.CaptureFixture[str]) -> None:
    suite.run("--shard", "1/2")
    (suite.subject.directory / "repro.py").write_text("# edited\n", encoding="utf-8")
    suite.run("--shard", "2/2")
    assert suite.run("--merge", suite.shard(1, 2), suite.shard(2, 2)) == (Exit.WRONG_USE, "")
    assert "programs differ" in capsys.readouterr().err


def test_shards_of_an_older_state_of_the_programs_are_not_merged(
    suite: Suite, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        suite.run("--shard", f"{number}/2")
    (suite.subject.directory / "repro.py").write_text("# edited\n", encoding="utf-8")
    assert suite.run("--merge", suite.shard(1, 2), suite.shard(2, 2)) == (Exit.WRONG_USE, "")
    assert "programs differ from what this checkout has; sweep again here" in capsys.readouterr().err


def test_a_change_at_the_seam_of_two_shards_is_repeated(suite: Suite, machine: Machine) -> None:
    suite.run("--profile", "period", "--shard", "3/3")
    assert machine.ran == {"0.3.0": REPETITIONS, "0.4.0": REPETITIONS, "0.5.0": 1}


def test_a_sweep_writes_evidence_an_osv_entry_and_the_ranges_into_the_page(suite: Suite) -> None:
    code, written = suite.run()
    assert code is Exit.AS_EXPECTED
    assert '"first": "0.2.0", "last": "0.3.0", "verdict": "affected"' in written
    assert (suite.folder / "evidence" / "osv" / "session_lost_7.json").is_file()
    page = (suite.subject.directory / "README.md").read_text(encoding="utf-8")
    assert page.startswith(f"# A bug\n{BEGIN}\n")
    assert "| 0.2.0 to 0.3.0 | `affected`, fixed in 0.4.0 |" in page


def test_a_part_of_the_releases_carries_over_what_is_known_of_the_others(suite: Suite, machine: Machine) -> None:
    whole = suite.run()
    machine.ran.clear()
    assert suite.run("--releases", "0.4.0..") == whole
    assert suite.run("--profile", "today") == whole


def test_a_verification_observes_everything_anew_and_writes_nothing(
    suite: Suite, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    _, before = suite.run()
    machine.ran.clear()
    assert suite.run("--verify") == (Exit.AS_EXPECTED, before)
    assert "The committed evidence holds, measured in 12 environments." in capsys.readouterr().out
    assert set(machine.ran) == EVERY
    machine.affected = {*AFFECTED, "0.5.0"}
    assert suite.run("--verify") == (Exit.DIFFERS, before)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("+") and '"first": "0.5.0"' in line and "affected" in line]


def test_a_sweep_that_found_something_flaky_says_so_and_is_no_success(
    suite: Suite, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.endings["0.3.0"] = list(FLAKY)
    assert suite.run("--profile", "period")[0] is Exit.NOT_OBSERVED
    said = "session_lost_7-repro-0.3.0-period: flaky: affected in 2 of 3, unaffected in 1 of 3\n"
    assert said in capsys.readouterr().out


def test_evidence_is_not_written_over_with_what_could_not_be_built(
    suite: Suite, capsys: pytest.CaptureFixture[str]
) -> None:
    _, before = suite.run()
    suite.without("0.4.0")
    assert suite.run() == (Exit.NOT_OBSERVED, before)
    assert "could not be built:\n  0.4.0 period: not_installable: nothing fits" in capsys.readouterr().out


def test_what_never_could_be_built_is_in_the_evidence_and_no_success(suite: Suite) -> None:
    suite.without("0.4.0")
    code, written = suite.run()
    assert code is Exit.NOT_OBSERVED
    assert '"first": "0.4.0", "last": "0.4.0", "verdict": "unavailable", "reason": "not_installable"' in written


def test_ranges_that_are_new_and_ends_that_no_boundary_states_are_told(
    suite: Suite, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    suite.run("--profile", "period")
    assert "fixed in 0.4.0: no [[boundaries]] states it" in capsys.readouterr().out
    machine.affected = {"0.2.0"}
    (suite.subject.directory / "repro.py").write_text("# edited\n", encoding="utf-8")
    suite.run("--profile", "period")
    assert "session_lost_7: repro under period: affected " in capsys.readouterr().out
