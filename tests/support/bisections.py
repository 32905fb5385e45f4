"""Bisections without environments and without programs."""

from collections.abc import Sequence

from harness.bisection.bisection import Bisection, path
from harness.catalogue.case import Case
from harness.runs.run import Runner
from harness.support.exits import Exit
from tests.support.factories import case, index, profile, release, releases
from tests.support.machines import Stub

FINALS = [f"0.{minor}.0" for minor in range(1, 10)]
INDEX = index("0.1.0", "0.2.0b1", *FINALS[1:5], release("0.5.1", yanked=True), *FINALS[5:])
BAD = {"0.1.0", "0.2.0b1", "0.2.0"}
WORLD = releases(INDEX)


def bisected(bad: str, good: str, subject: Case | None = None, missing: Sequence[str] = ()) -> tuple[Exit, list[str]]:
    """How a bisection ended, and what it said."""
    lines: list[str] = []
    runner = Runner(Stub(missing))
    code = Bisection(subject or case(), path(INDEX, bad, good), profile(), WORLD, runner, lines.append).run()
    return code, lines
