"""From a cell, or an environment that somebody has, to rows: build, observe, judge."""

from collections.abc import Sequence

import repros.engine
import typing_checks.engine
from harness.catalogue.case import Case
from harness.environments.builder import Builder
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.target import Target
from harness.judgement.judge import judge
from harness.judgement.observation import Engine, Observation, Outcome
from harness.releases.index import load_index, same_version
from harness.runs.plan import Cell, Task, unexpecting
from harness.runs.record import Row, to_row
from harness.support.processes import workers
from repros.engine import Program


def run_cell(cell: Cell, builder: Builder) -> tuple[Row, ...]:
    """Everything that is expected of a case on one side."""
    rows: list[Row] = []
    for target, tasks in cell.targets(load_index()):
        rows += run_target(target, tasks, builder)
    return tuple(rows)


def run_target(target: Target, tasks: Sequence[Task], builder: Builder) -> tuple[Row, ...]:
    """Build *target* and run *tasks* there."""
    python = tasks[0].case.facts.environment.python
    environment = builder.environment(target.release, target.profile, target.day_of, python)
    if isinstance(environment, Environment) and not same_version(environment.release, target.release):
        said = f"what is locked for Starlette {target.release} installs {environment.release}"
        environment = Unavailable(Obstacle.WRONG_RELEASE, said)
    if isinstance(environment, Unavailable):
        return tuple(_row(task, target, None, not_built(task, environment)) for task in tasks)
    seen = observe(tasks, environment, builder)
    return tuple(_row(task, target, environment, seen[task]) for task in tasks)


def run_existing(environment: Environment, cases: Sequence[Case], builder: Builder) -> tuple[Row, ...]:
    """Every case in an environment of somebody else's, which stays as it is."""
    tasks = [task for case in cases for task in unexpecting(case)]
    seen = observe(tasks, environment, builder)
    return tuple(_row(task, None, environment, seen[task]) for task in tasks)


def observe(tasks: Sequence[Task], environment: Environment, builder: Builder) -> dict[Task, Observation]:
    """Run the programs from one interpreter, and beside it one mypy over all that are to be checked."""
    static = [task for task in tasks if task.engine is Engine.STATIC]
    running = [task for task in tasks if task.engine is Engine.RUNTIME]
    with workers() as pool:
        checked = pool.submit(_check, static, environment, builder)
        ran = pool.submit(_run, running, environment, builder)
        return dict(zip(static, checked.result(), strict=True)) | ran.result()


def _run(tasks: Sequence[Task], environment: Environment, builder: Builder) -> dict[Task, Observation]:
    driven = any(task.case.facts.environment.drivers for task in tasks)
    drivers = builder.drivers(environment) if driven else None
    if isinstance(drivers, Unavailable):
        return {task: not_built(task, drivers) for task in tasks}
    programs = [
        Program(task.case.program(task.check), drivers if task.case.facts.environment.drivers else None)
        for task in tasks
    ]
    seen = repros.engine.observe(environment, programs, bytecode=builder.bytecode) if programs else ()
    return dict(zip(tasks, seen, strict=True))


def _check(tasks: Sequence[Task], environment: Environment, builder: Builder) -> Sequence[Observation]:
    programs = [task.case.program(task.check) for task in tasks]
    return typing_checks.engine.observe(environment, programs, builder.mypy_caches) if programs else ()


def not_built(task: Task, why: Unavailable) -> Observation:
    """Say as an observation that there was nothing to run *task* in."""
    return Observation(outcome=Outcome.NOT_BUILT, engine=task.engine, detail=why.detail, obstacle=why.obstacle)


def _row(task: Task, target: Target | None, environment: Environment | None, seen: Observation) -> Row:
    return to_row(task, target, environment, seen, judge(task.case, task.check, environment, seen))
