"""What a sweep found out: what is new or has changed, and what the case does not state."""

from dataclasses import replace
from typing import Any

import pytest

from harness.catalogue.case import Boundary, Check, Open
from harness.evidence.news import news
from harness.judgement.vocabulary import Reason, Verdict
from tests.support.checks import measured
from tests.support.factories import case, index

INDEX = index("0.1.0", "0.2.0", "0.3.0", "0.4.0")
FIXED = (Boundary(broken="0.2.0", fixed="0.4.0", profile="period"),)
WHERE = "session_lost_7: repro under today: affected"


@pytest.mark.parametrize(
    ("was", "now", "facts", "said"),
    [
        ([("0.2.0", "0.2.0")], [("0.2.0", "0.2.0")], {}, []),
        (None, [("0.2.0", "0.2.0")], {}, ["0.2.0, measured for the first time"]),
        (None, [], {}, ["none, measured for the first time"]),
        ([("0.2.0", "0.2.0")], [("0.1.0", "0.2.0")], {}, ["0.1.0 to 0.2.0, and was 0.2.0"]),
        ([("0.2.0", "0.2.0")], [], {}, ["none, and was 0.2.0"]),
        # 0.3.0 lies between the sides, as a pre-release does.
        ([("0.2.0", "0.2.0")], [("0.2.0", "0.2.0")], {"boundaries": FIXED}, []),
        (
            *([("0.1.0", "0.1.0")], [("0.1.0", "0.1.0")], {"boundaries": FIXED}),
            ["0.1.0, fixed in 0.2.0: no [[boundaries]] states it"],
        ),
        (
            *([("0.2.0", "0.4.0")], [("0.2.0", "0.4.0")], {}),
            ["0.2.0 to 0.4.0, and not fixed: no [[open]] states it"],
        ),
        ([("0.2.0", "0.4.0")], [("0.2.0", "0.4.0")], {"open": (Open(profile="today"),)}, []),
    ],
)
def test_what_is_new_and_what_no_boundary_states_is_told(
    was: list[tuple[str, str]] | None, now: list[tuple[str, str]], facts: dict[str, Any], said: list[str]
) -> None:
    before = None if was is None else measured(*was)
    assert list(news(case(**facts), measured(*now), before, INDEX)) == [f"{WHERE} {each}" for each in said]


def test_what_is_not_told_any_more_is_named_though_its_range_is_as_it_was() -> None:
    before = measured(("0.1.0", "0.3.0"))
    (profile,) = before.profiles.values()
    spans = list(profile.programs[Check.REPRO])
    spans[1] = replace(spans[1], verdict=Verdict.INCONCLUSIVE, reason=Reason.TIMED_OUT, evidence="it hung")
    now = replace(before, profiles={"today": replace(profile, programs={Check.REPRO: tuple(spans)})})
    stated = case(boundaries=(Boundary(broken="0.3.0", fixed="0.4.0", profile="period"),))
    line = "session_lost_7: repro under today: inconclusive (timed_out) on 0.2.0, and was affected"
    assert list(news(stated, now, before, INDEX)) == [line]
    assert list(news(stated, now, now, INDEX)) == []
