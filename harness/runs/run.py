"""Runs jobs, grouped by environment, and makes a row of each: build, observe, judge.

Everything that is wanted of one base environment is one visit to it, whatever number of cases it is for.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import replace
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

import repros.engine
import typing_checks.engine
from harness.catalogue.case import Check
from harness.environments.builder import Builder
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.target import Target
from harness.judgement.judge import combine, judge
from harness.judgement.observation import Engine, Observation, Outcome
from harness.judgement.vocabulary import Judgement
from harness.runs.plan import Job
from harness.runs.row import Row
from harness.runs.seen import Ready, Seen
from harness.runs.store import Store
from harness.support.errors import refused
from harness.support.processes import workers
from repros.engine import Program

Judge = Callable[[Any, Check, Environment | None, Observation, str], Judgement]
Prepare = Callable[[Target], tuple[Environment | Unavailable, Path | Unavailable | None]]


class Runner:
    """Runs jobs in what *builder* builds, each for at most *seconds*; what *store* has is not run again."""

    def __init__(self, builder: Builder, store: Store | None = None, seconds: float = repros.engine.SECONDS) -> None:
        self.builder = builder
        self.store = store
        self.seconds = seconds

    def run(
        self, jobs: Sequence[Job], times: Mapping[Job, int] | None = None, done: Callable[[Target], None] | None = None
    ) -> dict[Job, Seen]:
        """Run each of *jobs* once, or as often as *times* says; *done* hears of each environment."""
        visits: dict[Target, list[Job]] = {}
        for job in jobs:
            visits.setdefault(job.target.base, []).append(job)
        found: dict[Job, Seen] = {}
        with workers() as pool:
            waiting = {pool.submit(self._visit, base, wanted, times or {}): base for base, wanted in visits.items()}
            for future in as_completed(waiting):
                found |= future.result()
                if done:
                    done(waiting[future])
        return {job: found[job] for job in jobs}

    def run_in(self, environment: Environment, jobs: Sequence[Job]) -> dict[Job, Seen]:
        """Run each of *jobs* once in an environment of somebody else's, which stays as it is."""
        return self._observed(environment, jobs, {}, shares=os.cpu_count() or 1)

    def run_over(self, base: Environment, jobs: Sequence[Job]) -> dict[Job, Seen]:
        """Run each of *jobs* once with its layer over *base*, whatever its target says that the base is."""
        return self._observed(base, jobs, {}, shares=1)

    def _visit(self, target: Target, jobs: Sequence[Job], times: Mapping[Job, int]) -> dict[Job, Seen]:
        try:
            base = self.builder.base(target)
        except OSError as error:
            base = _refused(error)
        if isinstance(base, Unavailable):
            return _nothing_run(base, base, jobs)
        return self._observed(base, jobs, times, shares=1)

    def _observed(
        self, base: Environment, jobs: Sequence[Job], times: Mapping[Job, int], shares: int
    ) -> dict[Job, Seen]:
        """What was seen of *jobs*; where the system refuses something, as a full disk does, the others go on."""
        try:
            return self._observed_all(base, jobs, times, shares)
        except OSError as error:
            return _nothing_run(base, _refused(error), jobs)

    def _observed_all(
        self, base: Environment, jobs: Sequence[Job], times: Mapping[Job, int], shares: int
    ) -> dict[Job, Seen]:
        found: dict[Job, Seen] = {}
        ready: dict[Job, Ready] = {}
        prepare = cache(partial(self._surroundings, base))
        for job in jobs:
            prepared = self._prepared(base, job, prepare)
            if isinstance(prepared, Ready):
                ready[job] = prepared
            else:
                found[job] = Seen(base, (not_run(job.task.engine, prepared),))
        runs = {job: list(self._recalled(each)) for job, each in ready.items()}
        while short := [ready[job] for job in ready if len(runs[job]) < times.get(job, 1)]:
            for each, seen in zip(short, self._run_all(base, short, shares), strict=True):
                runs[each.job].append(seen)
                self._keep(each, runs[each.job])
        return found | {job: Seen(each.environment, tuple(runs[job])) for job, each in ready.items()}

    def prepared(self, base: Environment, job: Job) -> Ready | Unavailable:
        """The environment of *job* over *base*, or why its program has nothing to be run in there."""
        return self._prepared(base, job, partial(self._surroundings, base))

    def _surroundings(
        self, base: Environment, target: Target
    ) -> tuple[Environment | Unavailable, Path | Unavailable | None]:
        """The layer of *target* over *base*, and the programs' own tools."""
        environment = self.builder.layered(base, target)
        if isinstance(environment, Unavailable):
            return environment, None
        return environment, self.builder.drivers(environment, target)

    def _prepared(self, base: Environment, job: Job, prepare: Prepare) -> Ready | Unavailable:
        needs = job.task.case.environment
        if needs.python and not SpecifierSet(needs.python).contains(base.python, prereleases=True):
            detail = f"the bug can be seen on CPython {needs.python}, and this is {base.python}"
            return Unavailable(Obstacle.WRONG_PYTHON, detail)
        environment, drivers = prepare(job.target)
        if isinstance(environment, Unavailable):
            return environment
        if missing := sorted(needs.required_names - environment.names):
            return Unavailable(Obstacle.MISSING_PACKAGE, f"{', '.join(missing)} is not installed")
        if job.task.engine is Engine.STATIC and not needs.testclient:
            return Ready(job, environment, None)
        if isinstance(drivers, Unavailable):
            return drivers
        if job.task.engine is Engine.RUNTIME or drivers is None:
            return Ready(job, environment, drivers)
        return Ready(job, self.builder.with_drivers(environment, drivers), None)

    def _recalled(self, ready: Ready) -> Iterable[Observation]:
        return self.store.recall(ready) if self.store else ()

    def _keep(self, ready: Ready, runs: Sequence[Observation]) -> None:
        if self.store:
            self.store.keep(ready, runs)

    def _run_all(self, base: Environment, wanted: Sequence[Ready], shares: int) -> Sequence[Observation]:
        """Observe each once: the programs from one interpreter, and one mypy for each layer, all at the same time.

        With several *shares*, the programs are dealt out to as many interpreters.
        """
        batches = [
            *_dealt([each for each in wanted if each.job.task.engine is Engine.RUNTIME], shares),
            *_by_layer(each for each in wanted if each.job.task.engine is Engine.STATIC),
        ]
        if shares == 1:
            results = [self._run_batch(base, batch) for batch in batches]
        else:
            with workers() as pool:
                results = list(pool.map(lambda batch: self._run_batch(base, batch), batches))
        seen = {
            each.job: one
            for batch, some in zip(batches, results, strict=True)
            for each, one in zip(batch, some, strict=True)
        }
        if any(one.changed for one in seen.values()):
            # mypy read it at the same time or afterwards, and notices nothing.
            seen = {job: replace(one, changed=one.changed or one.engine is Engine.STATIC) for job, one in seen.items()}
        return [seen[each.job] for each in wanted]

    def _run_batch(self, base: Environment, batch: Sequence[Ready]) -> Sequence[Observation]:
        tasks = [each.job.task for each in batch]
        files = [task.case.program(task.check) for task in tasks]
        if tasks[0].engine is Engine.STATIC:
            return typing_checks.engine.observe(batch[0].environment, files, self.builder.mypy_caches)
        programs = [
            Program(file, each.environment.packages, each.drivers, each.job.task.through)
            for file, each in zip(files, batch, strict=True)
        ]
        return repros.engine.observe(base, programs, seconds=self.seconds, bytecode=self.builder.bytecode)


def _dealt(wanted: Sequence[Ready], shares: int) -> list[Sequence[Ready]]:
    return [part for number in range(shares) if (part := wanted[number::shares])]


def _by_layer(wanted: Iterable[Ready]) -> list[Sequence[Ready]]:
    ordered = sorted(wanted, key=lambda each: str(each.environment.checker))
    return [list(group) for _, group in groupby(ordered, key=lambda each: each.environment.checker)]


def _nothing_run(subject: Environment | Unavailable, why: Unavailable, jobs: Iterable[Job]) -> dict[Job, Seen]:
    return {job: Seen(subject, (not_run(job.task.engine, why),)) for job in jobs}


def _refused(error: OSError) -> Unavailable:
    """Why there is no environment that a program could be run in."""
    if isinstance(error, InterruptedError):
        raise error
    return Unavailable(Obstacle.NOT_INSTALLABLE, refused(error))


def not_run(engine: Engine, why: Unavailable) -> Observation:
    """Say as an observation that there was nothing to run a program in."""
    return Observation(outcome=Outcome.NOT_RUN, engine=engine, detail=why.detail, obstacle=why.obstacle)


def rows(seen: Mapping[Job, Seen]) -> tuple[Row, ...]:
    """A row for each job, in their order."""
    return tuple(row(job, each) for job, each in seen.items())


def row(job: Job, seen: Seen, judge: Judge = judge) -> Row:
    """Lay side by side what was asked for, what was found and what *judge* takes it for. Nothing else makes a row."""
    task, first = job.task, seen.runs[0]
    environment = seen.subject if isinstance(seen.subject, Environment) else None
    judgement = combine([judge(task.case, task.check, environment, each, job.profile or "") for each in seen.runs])
    return Row(
        case=task.case.name,
        issue=task.case.references.issue,
        label=task.case.label,
        kind=task.case.kind,
        check=task.check,
        engine=task.engine,
        side=task.side,
        release=job.target.release,
        profile=job.profile,
        python=environment.python if environment else None,
        expected=task.expected,
        verdict=judgement.verdict,
        reason=judgement.reason,
        evidence=judgement.evidence,
        starlette_file=first.imported_file or (environment.starlette_file if environment else None),
        freeze=environment.freeze if environment else (),
        used=first.used,
        discriminates=task.case.discriminates(task.check),
        seconds=round(first.seconds, 3),
    )
