"""What is to be run: each program of a case, where, and with the verdict that is expected there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from packaging.specifiers import SpecifierSet

from harness.catalogue.case import Boundary, Case, Check, Side
from harness.environments.target import Target, Wanted
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index, parse_version
from harness.releases.profiles import PERIOD, TODAY, Profile, Profiles


@dataclass(frozen=True, slots=True)
class Task:
    """One program of a case, to be met by one engine; `expected` is None where nothing is expected.

    `through` is another program that runs it and its arguments, where it does not run itself.
    """

    case: Case
    check: Check
    engine: Engine
    side: Side | None = None
    expected: Verdict | None = None
    through: tuple[str, ...] = ()

    @property
    def program(self) -> str:
        """What is run, in a word."""
        retyped = self.check is Check.WORKAROUND and self.engine is Engine.STATIC
        return f"{self.check}-types" if retyped else self.check


@dataclass(frozen=True, slots=True)
class Job:
    """A task and the environment that it is wanted in; `profile` is None for an environment that somebody has."""

    target: Target
    task: Task
    profile: str | None

    @property
    def name(self) -> str:
        """The same word as its row has."""
        task = self.task
        return "-".join(filter(None, (task.case.name, task.program, task.side, self.target.release, self.profile)))


@dataclass(frozen=True, slots=True)
class Releases:
    """What a plan needs to know of the world: the releases, and the profiles that choose what is beside them."""

    index: Index
    profiles: Profiles


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

    def jobs(self, releases: Releases) -> Iterator[Job]:
        """Every program of this cell, each in the environment that it belongs to."""
        if self.side is Side.NEWEST:
            yield from self._newest(releases)
            return
        other = Side.FIXED if self.side is Side.BROKEN else Side.BROKEN
        for boundary in self.case.boundaries:
            version = boundary.release(other if self.swapped else self.side)
            profile = releases.profiles[boundary.profile]
            target = target_of(self.case, version, profile, profile.moment(releases.index, boundary.fixed))
            for task in self._tasks(boundary):
                yield Job(target, task, profile.name)

    def _newest(self, releases: Releases) -> Iterator[Job]:
        newest = releases.index.newest
        still = {each.profile for each in self.case.open}
        for name in _profiles_on_newest(self.case, releases.profiles):
            profile = releases.profiles[name]
            target = target_of(self.case, newest, profile, profile.moment(releases.index, newest))
            for check, engine in _PROGRAMS:
                expected = self._expected_on_newest(check, newest, affected=name in still)
                yield Job(target, Task(self.case, check, engine, self.side, expected), name)

    def _expected_on_newest(self, check: Check, newest: str, *, affected: bool) -> Verdict | None:
        discriminates = self.case.discriminates(check)
        if self.case.gone and parse_version(newest) >= parse_version(self.case.gone):
            # A control may well use what is still there.
            return Verdict.NOT_APPLICABLE if discriminates else None
        return Verdict.AFFECTED if affected and discriminates else Verdict.UNAFFECTED

    def _tasks(self, boundary: Boundary) -> Iterator[Task]:
        untyped = self.side in boundary.untyped
        for check, engine in _PROGRAMS:
            yield self._task(check, engine, untyped=untyped and engine is Engine.STATIC)
        if self.side is Side.BROKEN and self.case.program(Check.WORKAROUND).is_file():
            yield self._task(Check.WORKAROUND, Engine.RUNTIME)
            if self.case.discriminates(Check.TYPING):
                yield self._task(Check.WORKAROUND, Engine.STATIC)

    def _task(self, check: Check, engine: Engine, *, untyped: bool = False) -> Task:
        affected = self.side is Side.BROKEN and self.case.discriminates(check)
        expected = Verdict.NOT_APPLICABLE if untyped else Verdict.AFFECTED if affected else Verdict.UNAFFECTED
        return Task(self.case, check, engine, self.side, expected)


_PROGRAMS = ((Check.REPRO, Engine.RUNTIME), (Check.TYPING, Engine.STATIC))


def plan(cases: Iterable[Case], profiles: Profiles) -> tuple[Cell, ...]:
    """Every cell, in the order in which a report shows them.

    What is retired has none, nor has a side that a case does not have, nor the newest release where every profile
    wants an interpreter on which the bug cannot be seen.
    """
    return tuple(
        Cell(case, side)
        for case in cases
        if case.retired is None
        for side in Side
        if (_profiles_on_newest(case, profiles) if side is Side.NEWEST else case.boundaries)
    )


def _profiles_on_newest(case: Case, profiles: Profiles) -> list[str]:
    """The profiles under which the newest release is asked: today's, and those under which the bug is open."""
    asked = dict.fromkeys([TODAY, *(each.profile for each in case.open)])
    return [name for name in asked if not SpecifierSet(_python(case, profiles[name])).is_unsatisfiable()]


def tasks(case: Case) -> tuple[Task, ...]:
    """What is run where nothing is expected: in a sweep, and in an environment that somebody already has.

    A control is not: it says nothing of the bug, and has shown on both sides of each boundary what it is there for.
    """
    return tuple(Task(case, check, engine) for check, engine in _PROGRAMS if case.discriminates(check))


def target_of(case: Case, release: str, profile: Profile, moment: datetime, *, python: str | None = None) -> Target:
    """The environment that *case* wants: *release* with what was on the index up to *moment*.

    For interpreters that profile and case admit, unless *python* says otherwise.
    """
    needs = case.environment
    specifier = _python(case, profile) if python is None else python
    layer = Wanted.of(needs.requires, needs.optional)
    return Target(release, profile, moment, specifier, layer, Wanted.of(needs.drivers))


def _python(case: Case, profile: Profile) -> str:
    """The interpreters that both admit, as a version specifier."""
    return ",".join(filter(None, (profile.python, case.environment.python)))


def jobs_in(release: str, cases: Iterable[Case], releases: Releases) -> tuple[Job, ...]:
    """What is run in an environment that somebody has, with Starlette *release* in it, of which nothing is expected.

    Nothing is installed there. The programs' own tools are of the release's day, or of the index's if it is unknown.
    """
    return _in_place(release, (task for case in cases for task in tasks(case)), releases)


def workarounds_in(release: str, cases: Iterable[Case], releases: Releases) -> tuple[Job, ...]:
    """The workarounds of *cases*, each of which has one, in an environment that somebody has, as `jobs_in` has it."""
    return _in_place(release, (Task(case, Check.WORKAROUND, Engine.RUNTIME) for case in cases), releases)


def _in_place(release: str, wanted: Iterable[Task], releases: Releases) -> tuple[Job, ...]:
    known = releases.index.known(release)
    profile = releases.profiles[PERIOD if known else TODAY]
    moment = profile.moment(releases.index, known or release)
    return tuple(
        Job(Target(release, profile, moment, "", drivers=Wanted.of(task.case.environment.drivers)), task, None)
        for task in wanted
    )
