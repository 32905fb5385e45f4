"""A fault of the suite's own: one line that says where, and exit 3. 1 would say that a bug was found."""

import pytest

from harness.support.exits import Exit
from tests.support.faults import Take, Yard, one_line

SAID = "a fault of this suite's own, please report it: ZeroDivisionError: a fault ("
COMMANDS = {
    "cases": ["-s", "cases"],
    "check": ["-s", "check", "--", "--python", "nowhere"],
    "upgrade": ["-s", "upgrade", "--", "--from", "starlette==1.0", "--to", "starlette==1.1"],
    "bisect": ["-s", "bisect", "--", "greeting_1"],
    "sweep": ["-s", "sweep"],
    "mutants": ["-s", "mutants"],
    "report": ["-s", "report"],
    "ledger": ["-s", "ledger"],
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Yard:
    """A project whose every command fails where it reads the checkout."""
    yard = Yard.lay_out(tmp_path_factory.mktemp("own faults"))
    at = "    index = load_index(RELEASES)\n"
    yard.project.replace("harness/runs/workspace.py", at, f'    raise ZeroDivisionError("a fault")\n{at}')
    return yard


@pytest.mark.parametrize("command", COMMANDS)
def test_in(faulty: Yard, command: str, seen: Take) -> None:
    seen(one_line(faulty.nox(*COMMANDS[command]), Exit.NOT_OBSERVED, SAID, "workspace.py:"))


def test_in_what_is_shown_at_the_end(tmp_path_factory: pytest.TempPathFactory, seen: Take) -> None:
    """When all has run and nox has ended."""
    yard = Yard.lay_out(tmp_path_factory.mktemp("at the end"))
    yard.project.replace("harness/reports/console.py", '"""Print what was seen, the', '"""."""\n    1 / 0\n    """')
    ended = yard.nox("-s", "cases(greeting_1-broken)")
    seen(one_line(ended, Exit.NOT_OBSERVED, "ZeroDivisionError: division by zero (console.py:"))
