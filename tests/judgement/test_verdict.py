"""The judge: what each observation means, and how it says so."""

from itertools import permutations

import pytest

from harness.catalogue.case import Check
from harness.judgement.judge import combine, judge
from harness.judgement.observation import Engine, Outcome
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from tests.support.judgements import CASE, ENVIRONMENT, MARKS, PLAIN, TABLE, Row
from tests.support.observations import Subject, completed, exception, raised

every_row = pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in TABLE])


@every_row
def test_what_is_seen_has_one_meaning(row: Row) -> None:
    judged = row.judged()
    assert (judged.verdict, judged.reason) == (row.verdict, row.reason), judged.evidence


@every_row
def test_the_evidence_is_one_line(row: Row) -> None:
    assert len(row.judged().evidence.splitlines()) == 1


@every_row
def test_a_workaround_never_shows_the_bug(row: Row) -> None:
    assert row._replace(check=Check.WORKAROUND).judged().verdict is not Verdict.AFFECTED


@every_row
def test_a_control_never_shows_the_bug(row: Row) -> None:
    control = Subject(symptom=(), marks=MARKS) if row.seen.engine is Engine.RUNTIME else PLAIN
    assert row._replace(case=control).judged().verdict is not Verdict.AFFECTED


def test_the_tables_reach_every_reason_verdict_and_outcome() -> None:
    judged = [row.judged() for row in TABLE]
    judged.append(combine(judged))
    assert {each.reason for each in judged} == {None, *Reason}
    assert {each.verdict for each in judged} == set(Verdict)
    assert {row.seen.outcome for row in TABLE} == set(Outcome)


def test_runs_that_agree_mean_what_each_of_them_means() -> None:
    for row in TABLE:
        assert combine([row.judged()]) == combine([row.judged()] * 3) == row.judged()


def test_runs_that_are_inconclusive_for_different_reasons_agree() -> None:
    reasons = (Reason.TIMED_OUT, Reason.DIED)
    assert combine([Judgement(Verdict.INCONCLUSIVE, each, "seen") for each in reasons]).verdict is Verdict.INCONCLUSIVE


def test_runs_that_disagree_are_flaky_with_how_many_saw_what() -> None:
    for order in permutations([completed(), raised(), completed()]):
        judged = combine([judge(CASE, Check.REPRO, ENVIRONMENT, seen) for seen in order])
        assert (judged.verdict, judged.reason) == (Verdict.FLAKY, Reason.DISAGREEING)
        assert judged.evidence == "affected in 1 of 3, unaffected in 2 of 3"


def test_the_evidence_names_the_exception_and_the_frame_that_raised_it() -> None:
    seen = raised(exception(message="no session here\nnor there"))
    assert (
        judge(CASE, Check.REPRO, ENVIRONMENT, seen).evidence
        == "AssertionError: no session here (starlette/requests.py:31)"
    )


def test_the_evidence_shows_what_was_imported_and_what_was_asked_for() -> None:
    evidence = judge(CASE, Check.REPRO, ENVIRONMENT, completed(imported_version="0.3.0")).evidence
    assert "0.3.0" in evidence
    assert ENVIRONMENT.release in evidence


def test_the_evidence_shows_which_package_changed() -> None:
    evidence = judge(
        CASE, Check.REPRO, ENVIRONMENT, completed(freeze=("anyio==4.0.0", *ENVIRONMENT.freeze[1:]))
    ).evidence
    assert "anyio==4.0.0" in evidence
    assert "anyio==3.3.4" in evidence
    assert "starlette" not in evidence


def test_without_an_environment_something_stood_in_its_way() -> None:
    with pytest.raises(ValueError, match="obstacle"):
        judge(CASE, Check.REPRO, None, completed())


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (Verdict.AFFECTED, Reason.TIMED_OUT),
        (Verdict.UNAFFECTED, Reason.NO_TYPES),
        *((verdict, None) for verdict in Verdict if verdict not in (Verdict.AFFECTED, Verdict.UNAFFECTED)),
    ],
)
def test_a_verdict_has_a_reason_exactly_where_it_needs_one(verdict: Verdict, reason: Reason | None) -> None:
    with pytest.raises(ValueError, match="do not fit together"):
        Judgement(verdict, reason, "seen")
