"""What is committed is what the evidence says: pages, OSV entries, tables; and every file of it has a case."""

from pathlib import Path

import pytest

from harness.catalogue.case import Case
from harness.commands import main
from harness.evidence.committed import evidence_file, load_all
from harness.evidence.document import Evidence, dump, measured_profiles
from harness.runs.workspace import open_workspace
from harness.support.errors import UserError
from harness.support.exits import Exit
from tests.support.factories import case

WORKSPACE = open_workspace()
FOUND = load_all(WORKSPACE.cases, WORKSPACE.index)
every_case = pytest.mark.parametrize("subject", FOUND, ids=lambda subject: subject.name)


def test_everything_that_is_generated_is_as_it_is_committed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--verify"]) == Exit.AS_EXPECTED, capsys.readouterr().out


@every_case
def test_evidence_covers_every_release_under_every_profile_of_its_case(subject: Case) -> None:
    found = FOUND[subject]
    assert list(found.profiles) == list(measured_profiles(subject))
    first, last = WORKSPACE.index.releases[0].version, WORKSPACE.index.releases[-1].version
    for profile in found.profiles.values():
        for spans in profile.programs.values():
            assert (spans[0].first, spans[-1].last) == (first, last)
            ends = [WORKSPACE.index.place(span.last) + 1 for span in spans[:-1]]
            assert [WORKSPACE.index.place(span.first) for span in spans[1:]] == ends


@every_case
def test_every_boundary_is_borne_out_by_the_evidence(subject: Case) -> None:
    for boundary in subject.boundaries:
        found = FOUND[subject].profiles[boundary.profile]
        ranges = [each for check in FOUND[subject].discriminates for each in found.intervals(check)]
        # Between the two sides may lie pre-releases, with the bug or with the fix already.
        assert any(
            _place(each.introduced) <= _place(boundary.broken) < _place(each.fixed) for each in ranges if each.fixed
        ), boundary
        assert any(
            _place(boundary.broken) < _place(each.fixed) <= _place(boundary.fixed) for each in ranges if each.fixed
        ), boundary


def _place(version: str) -> int:
    return WORKSPACE.index.place(version)


@every_case
def test_evidence_of_a_case_stays_small(subject: Case) -> None:
    assert evidence_file(subject).stat().st_size < 30_000
    assert evidence_file(subject).read_text(encoding="utf-8") == dump(FOUND[subject])


def lay_out(folder: Path, *names: str) -> Path:
    (folder / "evidence" / "osv").mkdir(parents=True)
    text = evidence_file(next(iter(FOUND))).read_text(encoding="utf-8")
    for name in names:
        (folder / "evidence" / f"{name}.json").write_text(text, encoding="utf-8")
    return folder / "evidence"


def test_evidence_without_a_case_and_a_case_without_evidence_are_errors(tmp_path: Path) -> None:
    folder = lay_out(tmp_path, "session_lost_7", "orphan_8")
    (folder / "osv" / "orphan_9.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_all([case("session_lost_7"), case("never_measured_7")], WORKSPACE.index, folder)
    assert str(caught.value).splitlines() == [
        "evidence/never_measured_7.json: missing; measure it with: nox -s sweep -- --case never_measured_7",
        "evidence/orphan_8.json: there is no case of this name; remove the file, or restore the case",
        "evidence/osv/orphan_9.json: there is no case of this name; remove the file, or restore the case",
    ]


def test_evidence_that_belongs_to_its_cases_is_read(tmp_path: Path) -> None:
    found: dict[Case, Evidence] = load_all(
        [case("session_lost_7")], WORKSPACE.index, lay_out(tmp_path, "session_lost_7")
    )
    assert [each.name for each in found] == ["session_lost_7"]
