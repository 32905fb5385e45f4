"""What becomes of a case as an item of a test run."""

import pytest

from harness.catalogue.case import Kind
from harness.check.findings import Finding
from harness.check.items import Item, Outcome, ended
from harness.judgement.vocabulary import Reason, Verdict
from tests.support.factories import row
from tests.support.upgrades import bug, waiver

CASE = bug(7, title="a session is lost\n::error::")


def seen(verdict: Verdict, reason: Reason | None = None, kind: Kind = Kind.BUG) -> Finding:
    facts = row(case=CASE.name, verdict=verdict, reason=reason, expected=None, side=None, profile=None, kind=kind)
    return Finding(CASE.model_copy(update={"kind": kind}), facts)


THERE, FREE = seen(Verdict.AFFECTED), seen(Verdict.UNAFFECTED)
UNTOLD, NOTHING = seen(Verdict.INCONCLUSIVE, Reason.TIMED_OUT), seen(Verdict.NOT_APPLICABLE, Reason.NO_TYPES)
DELIBERATE = seen(Verdict.AFFECTED, kind=Kind.BEHAVIOUR)


@pytest.mark.parametrize(
    ("own", "outcome", "waived"),
    [
        ([FREE], Outcome.PASSED, Outcome.FAILED),
        ([FREE, NOTHING], Outcome.PASSED, Outcome.FAILED),
        ([NOTHING], Outcome.SKIPPED, Outcome.FAILED),
        ([THERE], Outcome.FAILED, Outcome.WAIVED),
        ([FREE, THERE], Outcome.FAILED, Outcome.WAIVED),
        ([UNTOLD], Outcome.FAILED, Outcome.WAIVED),
        ([FREE, UNTOLD], Outcome.FAILED, Outcome.WAIVED),
        ([DELIBERATE], Outcome.SKIPPED, Outcome.WAIVED),
        ([DELIBERATE, UNTOLD], Outcome.FAILED, Outcome.WAIVED),
    ],
)
def test_an_item_is_x_and_a_waiver_turns_it_round(own: list[Finding], outcome: Outcome, waived: Outcome) -> None:
    assert ended(CASE, own, None).outcome is outcome
    assert ended(CASE, own, waiver()).outcome is waived


def test_one_that_passed_says_nothing_and_another_why() -> None:
    assert ended(CASE, [FREE], None) == Item(CASE.name, Outcome.PASSED)
    said = ended(CASE, [UNTOLD], None).said.splitlines()
    assert said[0].startswith("Starlette 0.2.0 could not be told to be free of this bug: #7 a session is lost")
    assert said[1].startswith("  repro: inconclusive: timed_out: ")
    assert said[-1].endswith("/README.md")
    assert "::error::" not in "".join(said)
