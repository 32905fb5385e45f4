"""What a program said is shown in one line that steers nothing."""

import pytest

from harness.catalogue.case import Check
from harness.judgement.judge import judge
from harness.judgement.observation import Engine, Observation, Outcome
from harness.judgement.wording import LONGEST, describe, printable
from tests.support.observations import Subject, checked, completed, environment, exception, raised

STRANGE = "\x1b]0;title\x07 \x1b[31mred\r\n::error::x \udc80 \N{RIGHT-TO-LEFT OVERRIDE} \x85 \N{LINE SEPARATOR}"


@pytest.mark.parametrize("text", ["", "plain", "naïve ☃ \N{GRINNING FACE}", 'it\'s "quoted" \\ here'])
def test_what_can_be_printed_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


def test_what_steers_a_terminal_is_written_as_python_writes_it() -> None:
    assert printable("\x1b[31m\n\N{RIGHT-TO-LEFT OVERRIDE}\udc80") == r"\x1b[31m\n\u202e\udc80"


def test_what_is_long_is_cut() -> None:
    for text in ("a" * 10**7, "\x1b" * 10**6):
        assert len(printable(text)) == LONGEST
    assert printable("a" * LONGEST) == "a" * LONGEST


def test_a_strange_message_is_kept_as_a_fact_and_described_in_print() -> None:
    error = exception(message=STRANGE, type=f"odd.{STRANGE}", file=f"a/{STRANGE}/b.py")
    assert describe(error).isprintable()
    assert error.message == STRANGE


@pytest.mark.parametrize(
    "seen",
    [
        *(raised(exception(message=STRANGE)), raised(exception(message=f"no session {STRANGE}"))),
        *(completed(printed=STRANGE), completed(imported_file=STRANGE), completed(imported_version=STRANGE)),
        *(completed(freeze=(STRANGE,)), checked(absent=(STRANGE,)), checked(vacuous=(STRANGE,)), checked((1, STRANGE))),
        Observation(Outcome.EXITED, Engine.RUNTIME, detail=STRANGE),
    ],
)
def test_evidence_is_one_printable_line(seen: Observation) -> None:
    evidence = judge(Subject(), Check.REPRO, environment(), seen).evidence
    assert evidence
    assert evidence.isprintable()
