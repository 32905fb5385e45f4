"""How far a run is, is said where somebody can see it, and no more often than they want to read."""

import io
import sys

import pytest

from harness.reports.progress import PATIENCE, progress
from tests.support.factories import target


class Terminal(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


def run(patience: float = PATIENCE) -> None:
    with progress(2, patience=patience) as done:
        done(target("0.2.0"))
        done(target("0.3.0"))


def test_without_a_terminal_a_line_says_how_many_of_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    run(patience=0)
    assert capsys.readouterr() == ("", "1/2 environments, 0.2.0 period\n2/2 environments, 0.3.0 period\n")


def test_without_a_terminal_a_quick_run_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    run()
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_it_is_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    run()
    written = screen.getvalue()
    assert "2/2" in written
    assert written.endswith("\x1b[2K"), "the line was not taken away"


def test_what_is_counted_need_not_be_environments(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(1, "mutants", patience=0) as done:
        done("session_lost_7")
    assert capsys.readouterr().err == "1/1 mutants, session_lost_7\n"
