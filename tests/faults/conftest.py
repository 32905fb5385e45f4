"""What the faults share: a project that is laid out once, what none may leave behind, and the table of all."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.environments import fingerprint
from tests.support.faults import Take, Yard
from tests.support.polling import until

_HERE = "tests/faults/test_"
_OUTCOMES = ("passed", "failed", "error", "skipped")
# What `one_line` says, in contrast to `right`.
_ONE_LINE = re.compile(r"exit (\d+): ")
# How long a process may go on after its command has ended, in seconds.
_SOON = 2.0


@pytest.fixture(scope="session")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Yard:
    """For what leaves everything as it was."""
    return Yard.lay_out(tmp_path_factory.mktemp("faults"))


@pytest.fixture
def seen(request: pytest.FixtureRequest) -> Take:
    """Takes down what a fault showed."""
    return lambda what: request.node.user_properties.append(("seen", what))


@pytest.fixture(autouse=True)
def nothing_is_left(yard: Yard, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever the fault: no process, no half of a file, and somebody else's environment as it was."""
    before = fingerprint(yard.environment)
    yield
    until(lambda: not _running(tmp_path_factory.getbasetemp()), _SOON)
    assert fingerprint(yard.environment) == before
    for folder in (tmp_path, yard.project.root, yard.project.home):
        assert [*folder.glob(".*.part"), *folder.glob("reports/.*.part"), *folder.glob("evidence/**/.*.part")] == []


def _running(below: Path) -> list[str]:
    """The processes whose home lies below a folder: those that a project of the tests started, and all from them."""
    mark = f"HOME={below}/".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(each.startswith(mark) for each in (process / "environ").read_bytes().split(b"\0")):
                found.append((process / "cmdline").read_text(encoding="utf-8", errors="replace"))
        except OSError:
            # It is not ours, or has ended meanwhile.
            continue
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a line for each fault that was tried: its kind and how it was made, what was seen, the verdict."""
    rows = list(_rows(terminalreporter))
    if rows:
        terminalreporter.section(f"{len(rows)} faults: fault | what was seen | verdict")
    for row in rows:
        terminalreporter.line(" | ".join(row))


def _rows(reporter: pytest.TerminalReporter) -> Iterator[tuple[str, str, str]]:
    for outcome in _OUTCOMES:
        for report in reporter.stats.get(outcome, []):
            if report.nodeid.startswith(_HERE) and (report.when == "call" or outcome in ("error", "skipped")):
                kind, _, name = report.nodeid.removeprefix(_HERE).partition(".py::")
                what = "; ".join(str(value) for key, value in report.user_properties if key == "seen")
                yield f"{kind.replace('_', ' ')}: {_spoken(name)}", what or "-", _verdict(outcome, what)


def _verdict(outcome: str, what: str) -> str:
    if outcome != "passed":
        return "not tried" if outcome == "skipped" else "WRONG"
    ended = _ONE_LINE.match(what)
    return f"one line, exit {ended[1]}" if ended else "right answer"


def _spoken(name: str) -> str:
    """The name of a test, and of its parameters, as words."""
    base, _, parameters = name.rpartition("::")[2].removeprefix("test_").partition("[")
    words = base.replace("_", " ")
    return f"{words}: {parameters.removesuffix(']')}" if parameters else words
