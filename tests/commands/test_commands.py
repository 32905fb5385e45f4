"""What every command has in common: how a fault of the harness's own ends."""

import pytest

from harness.commands import main
from harness.support.exits import Exit


def test_a_fault_of_the_harness_is_shown_and_is_no_bug_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_arguments: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("harness.commands.mutants.main", fail)
    assert main(["mutants"]) == Exit.NOT_OBSERVED
    assert "ZeroDivisionError: a fault" in capsys.readouterr().err


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweeep"]) == Exit.WRONG_USE
    assert "'sweeep' is no command; the commands are bench, " in capsys.readouterr().err
