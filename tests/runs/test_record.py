"""Records: what is written is read back, what was cut short is refused, and how a run ends."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.case import Check, Side
from harness.environments.target import Target
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from harness.releases.index import Profile
from harness.runs.plan import Task
from harness.runs.record import Row, exit_code, read_record, read_rows, start_record, to_row, write_record, write_rows
from harness.support.errors import UserError
from harness.support.exits import Exit
from tests.support.factories import case, completed, environment, row

AFFECTED, UNAFFECTED, NOT_APPLICABLE = Verdict.AFFECTED, Verdict.UNAFFECTED, Verdict.NOT_APPLICABLE
ROWS = (
    row(),
    row(side=Side.FIXED, release="0.3.0", expected=UNAFFECTED, verdict=UNAFFECTED, evidence="ran to its end"),
    row(check=Check.TYPING, engine=Engine.STATIC, verdict=NOT_APPLICABLE, reason=Reason.NO_TYPES, tells=False),
    row(
        side=None, profile=None, expected=None, verdict=Verdict.INCONCLUSIVE, reason=Reason.DIED, evidence="«\n\ud800»"
    ),
    row(python=None, starlette_file=None, freeze=(), used=(), verdict=Verdict.UNAVAILABLE, reason=Reason.NO_LOCK),
    row(check=Check.MUTANT, side=None, mutant="session_lost_7"),
)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "reports" / "cases.jsonl"
    write_record(path, "nox -s cases", ROWS)
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_record_is_read_back_as_it_was(record: Path) -> None:
    found = read_record(record)
    assert found == ROWS
    assert repr(found) == repr(ROWS), "a word is no member of an enumeration, though they are equal"


def test_a_record_from_before_there_were_mutants_is_read(record: Path) -> None:
    record.write_text(record.read_text().replace(', "mutant": null', "").replace(', "mutant": "session_lost_7"', ""))
    assert 'session_lost_7"}' not in record.read_text()
    assert read_record(record) == tuple(replace(each, mutant=None) for each in ROWS)


def test_a_record_of_nothing_is_whole(tmp_path: Path) -> None:
    write_record(tmp_path / "empty.jsonl", "nox -s cases", ())
    assert read_record(tmp_path / "empty.jsonl") == ()


def test_a_part_of_a_record_is_read_back_as_it_was(tmp_path: Path) -> None:
    write_rows(tmp_path / "part.jsonl", ROWS)
    assert read_rows(tmp_path / "part.jsonl") == ROWS


def test_every_observation_carries_what_the_contract_names(record: Path) -> None:
    contract = "case, issue, check, release, profile, python, expected, verdict, reason, starlette_file, freeze"
    _, *observations, _ = lines_of(record)
    assert len(observations) == len(ROWS)
    assert all(set(contract.split(", ")) <= set(each) for each in observations)


def test_the_footer_counts_the_observations_and_says_how_the_run_ended(record: Path) -> None:
    *_, footer = lines_of(record)
    assert footer["observations"] == len(ROWS)
    assert sum(footer["verdicts"].values()) == len(ROWS)
    assert footer["exit"] == exit_code(ROWS)


def test_nothing_but_the_record_is_left_behind(record: Path) -> None:
    write_record(record, "nox -s cases", ROWS[:1])
    assert list(record.parent.iterdir()) == [record]
    assert read_record(record) == ROWS[:1]


@pytest.mark.parametrize("kept", range(1, len(ROWS) + 2))
def test_a_record_without_its_footer_was_cut_short(kept: int, record: Path) -> None:
    record.write_text("".join(record.read_text().splitlines(keepends=True)[:kept]))
    with pytest.raises(UserError, match=r"cases\.jsonl: the record has no footer"):
        read_record(record)


def test_a_run_that_only_started_leaves_no_valid_record(record: Path) -> None:
    start_record(record, "nox -s cases")
    with pytest.raises(UserError, match="no footer"):
        read_record(record)


def without(line: int, lines: list[str]) -> list[str]:
    return [*lines[:line], *lines[line + 1 :]]


BAD: dict[str, Callable[[list[str]], list[str]]] = {
    "empty": lambda lines: lines[:0],
    "its last line cut": lambda lines: [*lines[:-1], lines[-1][:20]],
    "a row lost": lambda lines: without(2, lines),
    "no header": lambda lines: lines[1:],
    "another format": lambda lines: [lines[0].replace("/1", "/2"), *lines[1:]],
    "no JSON": lambda lines: ["cases", *lines[1:]],
    "no JSON Lines": lambda lines: ["7", *lines[1:]],
    "a row of another kind": lambda lines: [lines[0], "[]", *lines[2:]],
    "a verdict unheard of": lambda lines: [
        each.replace('"verdict": "affected"', '"verdict": "fine"') for each in lines
    ],
    "a key missing": lambda lines: [each.replace('"issue": 7, ', "") for each in lines],
    "a key unheard of": lambda lines: [each.replace('"issue"', '"number"') for each in lines],
}


@pytest.mark.parametrize("damage", BAD)
def test_what_is_no_whole_record_is_one_message(damage: str, record: Path) -> None:
    lines = record.read_text().splitlines()
    damaged = BAD[damage](lines)
    assert damaged != lines
    record.write_text("".join(f"{line}\n" for line in damaged))
    with pytest.raises(UserError, match=r"cases\.jsonl: this is no record of format "):
        read_record(record)


def test_a_record_that_is_not_there_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cases\.jsonl: this is no record"):
        read_record(tmp_path / "cases.jsonl")


RIGHT = row()
WRONG = row(verdict=UNAFFECTED)
UNSEEN = row(verdict=Verdict.INCONCLUSIVE, reason=Reason.TIMED_OUT)
UNBUILT = row(verdict=Verdict.UNAVAILABLE, reason=Reason.NO_LOCK)
SKIPPED = row(verdict=NOT_APPLICABLE, reason=Reason.NO_TYPES)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([RIGHT], 0),
        ([RIGHT, row(expected=UNAFFECTED, verdict=UNAFFECTED)], 0),
        ([row(expected=NOT_APPLICABLE, verdict=NOT_APPLICABLE, reason=Reason.NO_TYPES)], 0),
        ([WRONG], 1),
        ([RIGHT, WRONG], 1),
        ([SKIPPED], 1),
        ([row(expected=NOT_APPLICABLE, verdict=UNAFFECTED)], 1),
        ([row(expected=UNAFFECTED)], 1),
        ([UNSEEN], 3),
        ([UNBUILT], 3),
        ([row(verdict=Verdict.FLAKY, reason=Reason.DISAGREEING)], 3),
        ([RIGHT, UNSEEN], 3),
        ([UNSEEN, WRONG, UNBUILT], 1),
        ([], 3),
        ([row(expected=None)], 1),
        ([row(expected=None), UNSEEN], 1),
        ([row(expected=None, verdict=UNAFFECTED)], 0),
        ([row(expected=None, verdict=NOT_APPLICABLE, reason=Reason.NO_TYPES)], 0),
        ([row(expected=None, verdict=Verdict.INCONCLUSIVE, reason=Reason.DIED)], 3),
    ],
)
def test_a_run_ends_with_the_code_that_its_rows_call_for(rows: list[Row], code: int) -> None:
    assert exit_code(rows) == code


@pytest.mark.parametrize("wanted", [None, *Verdict])
@pytest.mark.parametrize("verdict", Verdict)
def test_a_row_is_never_both_different_and_unobserved(wanted: Verdict | None, verdict: Verdict) -> None:
    reason = None if verdict in (AFFECTED, UNAFFECTED) else Reason.DIED
    seen = row(expected=wanted, verdict=verdict, reason=reason)
    assert not (seen.differs and seen.unobserved)
    assert (exit_code([seen]) is Exit.AS_EXPECTED) == (not seen.differs and not seen.unobserved)


TASK = Task(case(), Check.REPRO, Engine.RUNTIME, Side.BROKEN, AFFECTED)
TARGET = Target("0.2.0", Profile.PERIOD, "0.3.0")
JUDGED = Judgement(AFFECTED, None, "seen")


def test_a_row_says_what_was_asked_for_and_what_was_found() -> None:
    found = to_row(TASK, TARGET, environment(), completed(seconds=0.12345), JUDGED)
    assert (found.case, found.issue, found.check, found.side) == ("session_lost_7", 7, Check.REPRO, Side.BROKEN)
    assert (found.release, found.profile, found.expected) == ("0.2.0", Profile.PERIOD, AFFECTED)
    assert (found.verdict, found.reason, found.evidence) == (AFFECTED, None, "seen")
    assert (found.python, found.freeze) == (environment().python, environment().freeze)


def test_a_row_says_whether_its_program_is_to_tell_the_sides_apart() -> None:
    control = replace(TASK, check=Check.TYPING, engine=Engine.STATIC)
    assert [to_row(task, TARGET, environment(), completed(), JUDGED).tells for task in (TASK, control)] == [True, False]


def test_a_row_shows_the_starlette_that_was_imported_rather_than_the_one_asked_for() -> None:
    seen = completed(imported_file="elsewhere/starlette/__init__.py")
    assert to_row(TASK, TARGET, environment(), seen, JUDGED).starlette_file == "elsewhere/starlette/__init__.py"
    seen = completed(imported_file=None)
    assert to_row(TASK, TARGET, environment(), seen, JUDGED).starlette_file == environment().starlette_file


def test_a_row_of_somebodys_environment_names_the_release_found_there() -> None:
    found = to_row(TASK, None, environment(release="0.9.0"), completed(), JUDGED)
    assert (found.release, found.profile) == ("0.9.0", None)


def test_a_row_of_what_was_not_built_names_the_release_asked_for() -> None:
    found = to_row(TASK, TARGET, None, completed(imported_file=None, freeze=()), JUDGED)
    assert (found.release, found.python, found.starlette_file, found.freeze) == ("0.2.0", None, None, ())


def test_a_row_is_about_a_release_or_about_an_environment() -> None:
    with pytest.raises(ValueError, match="a row is about"):
        to_row(TASK, None, None, completed(), JUDGED)
