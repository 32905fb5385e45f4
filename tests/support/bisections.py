"""Bisections without environments and without programs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from harness.environments.needs import Beside

from harness.bisection.bisection import Bisection, path
from harness.catalogue.case import Case
from harness.environments.builder import Builder
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.judgement.observation import Observation
from harness.releases.index import Profile
from harness.runs.plan import Task
from harness.support.exits import Exit
from tests.support.factories import case, completed, environment, index, raised, release

FINALS = [f"0.{minor}.0" for minor in range(1, 10)]
INDEX = index("0.1.0", "0.2.0b1", *FINALS[1:5], release("0.5.1", yanked=True), *FINALS[5:])
BAD = {"0.1.0", "0.2.0b1", "0.2.0"}
NEEDS = Beside(("itsdangerous",), ())
Arguments = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]


class Stub(Builder):
    """Builds an environment out of nothing, but for the releases that *missing* names."""

    def __init__(self, missing: Sequence[str] = ()) -> None:
        self.missing = missing
        self.asked: list[Arguments] = []

    def resolved(
        self, release: str, profile: Profile, python: str, required: Sequence[str], optional: Sequence[str]
    ) -> Environment | Unavailable:
        self.asked.append((release, profile, python, tuple(required), tuple(optional)))
        if release in self.missing:
            return Unavailable(Obstacle.NOT_INSTALLABLE, "nothing fits")
        return environment(release=release, freeze=("anyio==3.3.4", f"starlette=={release}"))


class Machine:
    """Stands in for what runs programs: the bug where it should be, or what *endings* says, one after the other."""

    def __init__(self) -> None:
        self.ran: Counter[str] = Counter()
        self.cases: list[Case] = []
        self.endings: dict[str, list[Observation]] = {}
        self.affected = BAD

    def __call__(self, tasks: Sequence[Task], target: Environment, builder: Builder) -> dict[Task, Observation]:
        self.ran[target.release] += 1
        self.cases += [task.case for task in tasks]
        usual = raised() if target.release in self.affected else completed()
        endings = self.endings.get(target.release)
        ended = endings.pop(0) if endings else usual
        return {task: replace(ended, freeze=target.freeze, imported_version=target.release) for task in tasks}


def bisected(bad: str, good: str, subject: Case | None = None, missing: Sequence[str] = ()) -> tuple[Exit, list[str]]:
    """How a bisection ended, and what it said."""
    lines: list[str] = []
    releases = path(INDEX, bad, good)
    code = Bisection(subject or case(), releases, Profile.PERIOD, NEEDS, Stub(missing), lines.append).run()
    return code, lines
