"""Searching a message for a pattern ends within its limit, and finds what `re` finds."""

import re

import pytest

from harness.judgement import matching
from harness.judgement.matching import LONGEST, is_quick, search

MESSAGE = 'Got invalid message type on lifespan protocol "http.response.start"'
PATTERNS = [
    *("", "^Got", 'start"$', "^$", r"http\.response", "message .* protocol", "nothing of it"),
    *("(message|lifespan) (type|none)", "(s|t)+a", "(?:Got )*invalid", "(a|b){2,}", r"(t)\1", "(nothing)+"),
]
ENDLESS = ["^(a|a)*$", "^(a+)+$", r"^(\w*)*$", "^(a?){60}a{60}$", "a*" * 30 + "b"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_re_finds_is_found(pattern: str) -> None:
    assert search(pattern, MESSAGE) is (re.search(pattern, MESSAGE) is not None)


@pytest.mark.parametrize("pattern", ENDLESS)
def test_a_search_without_end_is_ended(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "SECONDS", 0.5)
    with pytest.raises(TimeoutError, match="did not end within"):
        search(pattern, "a" * 5000 + "!")


@pytest.mark.parametrize("pattern", ["x.*y$", r"\s+$", "a.*b", "[ab]*c"])
def test_a_quick_search_ends_on_the_longest_message(pattern: str) -> None:
    assert is_quick(pattern)
    for text in ("x", " ", "a", "ab"):
        assert search(pattern, text * LONGEST + "!") is search(pattern, text + "!")


@pytest.mark.parametrize("pattern", ENDLESS)
def test_what_may_not_end_is_no_quick_search(pattern: str) -> None:
    assert not is_quick(pattern)


def test_a_quick_search_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "run", None)
    assert search('^Got .* protocol "http', MESSAGE)


def test_of_a_longer_message_the_beginning_is_searched_and_its_cut_is_no_end() -> None:
    message = "a" * LONGEST + "b"
    assert search("^a", message)
    assert not search("b", message)
    assert not search("a$", message)
    assert search("a$", message[:LONGEST])
