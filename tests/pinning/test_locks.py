"""Locks: a line for each environment and each distribution, whatever order they were resolved in."""

import json
from datetime import UTC, datetime

import pytest

from harness.environments.locks import Locks
from harness.pinning.locks import Resolved, merged, named, texts

AS_OF = datetime(2026, 11, 21, tzinfo=UTC)
ANYIO, LATER = "anyio==3.7.1 --hash=sha256:aa --hash=sha256:bb", "anyio==3.7.1 --hash=sha256:bb --hash=sha256:cc"
MARKED = "trio==0.30 ; python_full_version < '3.15' --hash=sha256:dd"


def resolved(*environments: tuple[str, tuple[str, ...]]) -> Resolved:
    found = Resolved()
    for name, pins in environments:
        found.add(name, pins)
    return found


ONE = ("0.1.0 period 2021-11-05", (ANYIO, MARKED))
OTHER = ("0.2.0 today", (LATER,))


def test_an_environment_has_a_line_and_a_distribution_one_with_all_its_hashes() -> None:
    written = texts(resolved(ONE, OTHER), AS_OF)
    assert written["environments.json"].splitlines() == [
        "{",
        '  "as_of": "2026-11-21T00:00:00Z",',
        '  "environments": {',
        '    "0.1.0 period 2021-11-05": ["anyio==3.7.1", "trio==0.30 ; python_full_version < \'3.15\'"],',
        '    "0.2.0 today": ["anyio==3.7.1"]',
        "  }",
        "}",
    ]
    assert written["hashes.txt"].splitlines()[1:] == [
        "anyio==3.7.1 --hash=sha256:aa --hash=sha256:bb --hash=sha256:cc",
        "trio==0.30 --hash=sha256:dd",
    ]


def test_the_order_in_which_they_were_resolved_changes_no_byte() -> None:
    assert texts(resolved(ONE, OTHER), AS_OF) == texts(resolved(OTHER, ONE), AS_OF)


def test_a_distribution_that_no_environment_has_any_more_is_left_out() -> None:
    found = resolved(ONE, OTHER)
    del found.environments[ONE[0]]
    assert "trio" not in texts(found, AS_OF)["hashes.txt"]


def test_what_was_known_keeps_its_hashes_when_more_is_added() -> None:
    known = Locks(AS_OF, {ONE[0]: ("anyio==3.7.1",)}, {"anyio==3.7.1": ("sha256:aa", "sha256:bb")})
    before = texts(resolved((ONE[0], (ANYIO,))), AS_OF)
    after = texts(merged(resolved(OTHER), known), AS_OF)
    assert after["hashes.txt"] == before["hashes.txt"]
    assert json.loads(after["environments.json"])["environments"].keys() == {ONE[0], OTHER[0]}


@pytest.mark.parametrize(
    ("known", "new"),
    [
        (None, [OTHER[0]]),
        ({}, [OTHER[0]]),
        ({OTHER[0]: ("anyio==3.7.1",)}, []),
        ({OTHER[0]: ("anyio==4",)}, [OTHER[0]]),
    ],
)
def test_what_is_new_is_named(known: dict[str, tuple[str, ...]] | None, new: list[str]) -> None:
    assert list(named(resolved(OTHER), None if known is None else Locks(AS_OF, known))) == new
