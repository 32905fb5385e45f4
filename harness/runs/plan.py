"""What is to be run: each case on each side, with the verdict that is expected there."""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.catalogue.case import Case, Check, Side
from harness.environments.target import Target
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index, Profile


@dataclass(frozen=True, slots=True)
class Task:
    """One program of a case, to be met by one engine; `expected` is None where nothing is expected."""

    case: Case
    check: Check
    engine: Engine
    side: Side | None
    expected: Verdict | None

    @property
    def name(self) -> str:
        """Case, program and side in one word."""
        return observation_name(self.case.name, self.check, self.engine, self.side)


def observation_name(case: str, check: Check, engine: Engine, side: Side | None) -> str:
    """How an observation is called wherever a word must do: in pytest's ids and in JUnit's names."""
    retyped = check is Check.WORKAROUND and engine is Engine.STATIC
    return "-".join([case, check, *(["types"] if retyped else []), *([side] if side else [])])


@dataclass(frozen=True, slots=True)
class Cell:
    """A case on one side: one session of nox.

    `swapped` runs each side's expectations on the other side's release. That must fail: a check
    that confirms a boundary both ways round confirms nothing.
    """

    case: Case
    side: Side
    swapped: bool = False

    @property
    def name(self) -> str:
        return f"{self.case.name}-{self.side}"

    def targets(self, index: Index) -> tuple[tuple[Target, tuple[Task, ...]], ...]:
        """The environments of this cell, each with what is to be run in it."""
        if self.side is Side.NEWEST:
            newest = index.newest
            return ((Target(newest, Profile.TODAY, newest), self._tasks(untyped=False)),)
        other = Side.FIXED if self.side is Side.BROKEN else Side.BROKEN
        side = other if self.swapped else self.side
        return tuple(
            (Target(each.release(side), each.profile, each.fixed), self._tasks(self.side in each.untyped))
            for each in self.case.facts.boundaries
        )

    def _tasks(self, untyped: bool) -> tuple[Task, ...]:
        tasks = [self._task(Check.REPRO, Engine.RUNTIME), self._task(Check.TYPING, Engine.STATIC, untyped)]
        if self.side is Side.BROKEN and self.case.program(Check.WORKAROUND).is_file():
            tasks.append(self._task(Check.WORKAROUND, Engine.RUNTIME))
            if self.case.tells(Check.TYPING):
                tasks.append(self._task(Check.WORKAROUND, Engine.STATIC))
        return tuple(tasks)

    def _task(self, check: Check, engine: Engine, untyped: bool = False) -> Task:
        affected = self.side is Side.BROKEN and self.case.tells(check)
        expected = Verdict.NOT_APPLICABLE if untyped else Verdict.AFFECTED if affected else Verdict.UNAFFECTED
        return Task(self.case, check, engine, self.side, expected)


def plan(cases: Iterable[Case]) -> tuple[Cell, ...]:
    """Every cell, in the order in which a report shows them."""
    return tuple(Cell(case, side) for case in cases for side in Side)


def unexpecting(case: Case) -> tuple[Task, ...]:
    """What is run in an environment that somebody already has, of which nothing is expected."""
    return (
        Task(case, Check.REPRO, Engine.RUNTIME, None, None),
        Task(case, Check.TYPING, Engine.STATIC, None, None),
    )
