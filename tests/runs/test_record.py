"""Records: what is written is read back, what was cut short is refused, and how a run ends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.case import Check, Kind, Side
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Reason, Verdict
from harness.runs.record import exit_code, read_record, start_record, write_record
from harness.runs.row import Row
from harness.support.errors import UserError
from harness.support.exits import Exit
from tests.support.factories import row

AFFECTED, UNAFFECTED, NOT_APPLICABLE = Verdict.AFFECTED, Verdict.UNAFFECTED, Verdict.NOT_APPLICABLE
ROWS = (
    row(),
    row(side=Side.FIXED, release="0.3.0", expected=UNAFFECTED, verdict=UNAFFECTED, evidence="ran to its end"),
    row(check=Check.TYPING, engine=Engine.STATIC, verdict=NOT_APPLICABLE, reason=Reason.NO_TYPES, discriminates=False),
    row(
        side=None, profile=None, expected=None, verdict=Verdict.INCONCLUSIVE, reason=Reason.DIED, evidence="«\n\ud800»"
    ),
    row(python=None, starlette_file=None, freeze=(), used=(), verdict=Verdict.UNAVAILABLE, reason=Reason.NO_LOCK),
    row(check=Check.MUTANT, side=None, mutant="session_lost_7"),
    row(case="range_slow_cve_2025_62727", issue=None, label="CVE-2025-62727", kind=Kind.SECURITY),
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


def test_a_record_of_nothing_is_whole(tmp_path: Path) -> None:
    write_record(tmp_path / "empty.jsonl", "nox -s cases", ())
    assert read_record(tmp_path / "empty.jsonl") == ()


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
    "another format": lambda lines: [lines[0].replace("/2", "/1"), *lines[1:]],
    "no JSON": lambda lines: ["cases", *lines[1:]],
    "no JSON Lines": lambda lines: ["7", *lines[1:]],
    "a row of another kind": lambda lines: [lines[0], "[]", *lines[2:]],
    "a verdict unheard of": lambda lines: [
        each.replace('"verdict": "affected"', '"verdict": "fine"') for each in lines
    ],
    "a key missing": lambda lines: [each.replace('"issue": 7, ', "") for each in lines],
    "a key renamed": lambda lines: [each.replace('"issue"', '"number"') for each in lines],
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
        # A deliberate change is told; that somebody has it is no failure.
        ([row(expected=None, kind=Kind.BEHAVIOUR)], 0),
        ([row(kind=Kind.BEHAVIOUR, verdict=UNAFFECTED)], 1),
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
