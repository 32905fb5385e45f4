"""Bisections without environments and without programs."""

from collections.abc import Sequence

from harness.bisection.asking import Asker
from harness.bisection.bisection import Bisection, path
from harness.bisection.both import find_both
from harness.catalogue.case import Case
from harness.runs.run import Runner
from harness.support.exits import Exit
from tests.support.factories import case, index, profile, release, releases
from tests.support.machines import Stub

FINALS = [f"0.{minor}.0" for minor in range(1, 10)]
INDEX = index("0.1.0", "0.2.0b1", *FINALS[1:5], release("0.5.1", yanked=True), *FINALS[5:])
BAD = {"0.1.0", "0.2.0b1", "0.2.0"}
WORLD = releases(INDEX)


def asker(lines: list[str], subject: Case | None = None, missing: Sequence[str] = (), python: str = "") -> Asker:
    """What asks *subject*, and says it to *lines*."""
    return Asker(subject or case(), profile(), WORLD, Runner(Stub(missing)), lines.append, python)


def bisected(bad: str, good: str, subject: Case | None = None, missing: Sequence[str] = ()) -> tuple[Exit, list[str]]:
    """How a bisection ended, and what it said."""
    lines: list[str] = []
    asked = asker(lines, subject, missing)
    asked.learn(bad, good)
    return Bisection(asked, path(INDEX, bad, good)).run(), lines


def searched(bad: str, subject: Case) -> tuple[Exit, list[str]]:
    """How a search on both sides of *bad* ended, and what it said."""
    lines: list[str] = []
    asked = asker(lines, subject)
    asked.learn(bad, None)
    return find_both(asked, bad), lines
