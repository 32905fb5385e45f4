"""Which cases somebody means: names, numbers, identifiers, areas and kinds, alone and in lists."""

from datetime import date
from typing import Any

import pytest

from harness.catalogue.case import Area, Kind, References, Retired
from harness.catalogue.selection import select
from harness.support.errors import UserError
from tests.support.factories import case

SESSION = case("session_lost_7")
RANGE = case(
    "range_slow_3138",
    area=Area.RESPONSES,
    kind=Kind.SECURITY,
    references=References(issue=3105, fix=3138),
    aliases=("CVE-2025-62727",),
)
GONE = case("graphql_lost_9", references=References(issue=9), retired=Retired(on=date(2026, 1, 2), reason="it went"))
CASES = (SESSION, RANGE, GONE)


@pytest.mark.parametrize(
    ("wanted", "only", "found"),
    [
        ([], [], [SESSION, RANGE]),
        (["session_lost_7"], [], [SESSION]),
        (["7"], [], [SESSION]),
        (["#7"], [], [SESSION]),
        (["3105"], [], [RANGE]),
        (["3138"], [], [RANGE]),
        (["cve-2025-62727"], [], [RANGE]),
        (["range_slow_3138,7"], [], [SESSION, RANGE]),
        (["3138", "7"], [], [SESSION, RANGE]),
        ([], ["security"], [RANGE]),
        ([], ["sessions,responses"], [SESSION, RANGE]),
        ([], ["security", "responses"], [RANGE]),
        (["7, 3138"], ["bug"], [SESSION]),
    ],
)
def test_cases_are_found_by_whatever_people_call_them(wanted: list[str], only: list[str], found: list[Any]) -> None:
    assert select(CASES, wanted, only) == tuple(found)


@pytest.mark.parametrize(
    ("wanted", "only", "said"),
    [
        (["nope"], [], "--case nope: no case is called so; cases/README.md lists them"),
        (["session"], [], "--case session: no case is called so; did you mean session_lost_7?"),
        (["7,nope,neither"], [], "--case nope, neither: no case is called so"),
        (["9"], [], "--case 9: it was retired on 2026-01-02: it went"),
        ([], ["speed"], "--only speed: neither a kind nor an area; there are bug, security, behaviour, routing"),
        (["7"], ["security"], "--only: no case is left"),
    ],
)
def test_what_names_no_case_is_refused_with_what_would(wanted: list[str], only: list[str], said: str) -> None:
    with pytest.raises(UserError) as caught:
        select(CASES, wanted, only)
    assert str(caught.value).startswith(said)
