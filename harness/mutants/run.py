"""Puts a bug back into the newest release, in a copy of its environment: its case must notice, and no other.

What makes `unaffected` on the newest release worth something: a program that cannot see the bug any
more, because an import moved or a branch is never reached, says `unaffected` too.
"""

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from harness.catalogue.case import Case, Check, Side
from harness.environments.inspection import inspect
from harness.environments.installation import site_packages
from harness.environments.model import Environment
from harness.environments.target import Target
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Verdict
from harness.mutants.edits import Edited, read_edits, read_files
from harness.mutants.reach import marked, marks_of
from harness.releases.profiles import TODAY
from harness.reports.progress import progress
from harness.runs.plan import Cell, Job, Releases
from harness.runs.row import Row
from harness.runs.run import Runner, row
from harness.runs.seen import Seen
from harness.support.errors import UserError
from harness.support.processes import workers


@dataclass(frozen=True, slots=True)
class Edit:
    """What a mutant makes of files, and a mark for each function that it is in; None where it is in more than those."""

    texts: Edited
    marks: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest release as it is: its environments, and what was seen of each program there.

    `ran` are the marks of the edited functions that a program runs, for the programs of which that could be told.
    """

    environments: Mapping[Target, Environment]
    seen: Mapping[Job, Seen]
    ran: dict[Job, Collection[str]] = field(default_factory=dict)

    def base(self, case: Case) -> Target:
        """The environment in which the programs of *case* are run."""
        return next(job.target.base for job in self.seen if job.task.case.name == case.name)

    def others(self, base: Target) -> Mapping[Job, Seen]:
        """What was seen of the programs over *base* that could see the bug of another case."""
        return {
            job: seen
            for job, seen in self.seen.items()
            if job.target.base == base
            and job.task.engine is Engine.RUNTIME
            and job.task.case.discriminates(job.task.check)
        }

    def touched(self, case: Case, edit: Edit) -> Iterator[Job]:
        """The programs that can see an edit: those of *case*, and those of others that run what is edited.

        That is a function that the edit is in, or, where it is in more than functions, a module. Of the typing checks,
        only the case's own are run again: what mypy says of a module's annotations it says of every program that names
        them. A control is not run: it sees no bug at all.
        """
        base = self.base(case)
        for job in self.seen:
            if job.task.case.name == case.name and job.task.case.discriminates(job.task.check):
                yield job
        for job, seen in self.others(base).items():
            if job.task.case.name != case.name and self._reaches(job, seen, edit):
                yield job

    def _reaches(self, job: Job, seen: Seen, edit: Edit) -> bool:
        if edit.marks is not None and job in self.ran:
            return not edit.marks.isdisjoint(self.ran[job])
        modules = {".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in edit.texts}
        outside = any(file.parts[0] != "starlette" for file in edit.texts)
        return outside or not modules.isdisjoint(seen.runs[0].imported)


def run_mutants(mutated: Sequence[Case], cases: Sequence[Case], releases: Releases, runner: Runner) -> tuple[Row, ...]:
    """Observe *cases* on the newest release as it is, then what the mutant of each of *mutated* can touch.

    A mutated case's discriminating programs are expected to be affected, everything else as it was before, but for
    the cases that say that they see this mutant too.

    Raises:
        UserError: an edit does not apply exactly once, and the message lists every one of every case;
            or a case's edits leave nothing that could be looked at.
    """
    jobs = [job for case in cases for job in Cell(case, Side.NEWEST).jobs(releases) if job.profile == TODAY]
    targets = dict.fromkeys(job.target.base for job in jobs)
    with progress(len(targets)) as done:
        seen = runner.run(jobs, done=done)
    bases = {target: runner.builder.base(target) for target in targets}
    newest = Newest({target: each for target, each in bases.items() if isinstance(each, Environment)}, seen)
    runnable = [case for case in mutated if case.mutant and newest.base(case) in newest.environments]
    edits = _read(runnable, newest)
    found = [row(job, each) for job, each in seen.items()]
    with workers() as pool, progress(len(runnable), "mutants") as done:
        for base, environment in newest.environments.items():
            own = [edits[case.name] for case in runnable if newest.base(case) == base]
            newest.ran.update(_marks_left(environment, own, newest.others(base), pool, runner))
        each = pool.map(lambda case: _mutant(case, edits[case.name], newest, runner), runnable)
        for case, some in zip(runnable, each, strict=True):
            found += some
            done(case.name)
    return tuple(found)


def _read(cases: Iterable[Case], newest: Newest) -> Mapping[str, Edit]:
    """The edits of all *cases*, each in the environment of its own programs; all that is wrong is said together."""
    by_base: dict[Target, list[Case]] = {}
    for case in cases:
        by_base.setdefault(newest.base(case), []).append(case)
    found: dict[str, Edit] = {}
    problems: list[str] = []
    for base, some in by_base.items():
        environment = newest.environments[base]
        try:
            for name, texts in read_edits(some, environment).items():
                found[name] = Edit(texts, marks_of(read_files(texts, environment), texts))
        except UserError as error:
            problems.append(str(error))
    if problems:
        raise UserError("\n".join(problems))
    return found


def _marks_left(
    environment: Environment, edits: Collection[Edit], seen: Mapping[Job, Seen], pool: Executor, runner: Runner
) -> Iterator[tuple[Job, Collection[str]]]:
    """The marks that each program leaves where every edited function leaves one, unless it behaves otherwise then."""
    files = {file for edit in edits if edit.marks for file in edit.texts}
    marks = {mark for edit in edits for mark in edit.marks or ()}
    if not marks:
        return
    texts = marked(read_files(files, environment), marks)
    jobs, parts = list(seen), os.cpu_count() or 1
    with _copy(environment, texts, runner, "the copy whose functions leave marks") as changed:
        for some in pool.map(lambda part: runner.run_over(changed, jobs[part::parts]), range(parts)):
            for job, each in some.items():
                if row(job, each).verdict == row(job, seen[job]).verdict:
                    yield job, marks.intersection(each.runs[0].imported)


def _mutant(case: Case, edit: Edit, newest: Newest, runner: Runner) -> Sequence[Row]:
    jobs = list(newest.touched(case, edit))
    where = f"cases/{case.name}/case.toml: mutant"
    with _copy(newest.environments[newest.base(case)], edit.texts, runner, where) as changed:
        found = runner.run_over(changed, jobs)
    return [_expecting(case, row(job, seen), row(job, newest.seen[job])) for job, seen in found.items()]


@contextmanager
def _copy(environment: Environment, edited: Edited, runner: Runner, where: str) -> Iterator[Environment]:
    """A copy of *environment* with the *edited* files; it goes again, with what was kept about it.

    Never the environment itself, which other runs share.

    Raises:
        UserError: there is no Starlette to look at any more; *where* says what edited it.
    """
    builder = runner.builder
    with tempfile.TemporaryDirectory(prefix="mutant-", dir=builder.installer.cache) as folder:
        place = Path(folder) / "environment"
        shutil.copytree(environment.interpreter.parent.parent, place, symlinks=True)
        interpreter = place / "bin" / "python"
        for file, text in edited.items():
            (site_packages(interpreter) / file).write_text(text, encoding="utf-8")
        try:
            found = inspect(interpreter)
        except UserError:
            said = "with it there is no Starlette to look at; write edits that leave its name and version as they are"
            raise UserError(f"{where}: {said}") from None
        # A copy of what somebody changed is no better than what it was made from.
        changed = replace(found, intact=environment.intact)
        try:
            yield changed
        finally:
            for kept in (builder.mypy_caches, builder.bytecode):
                shutil.rmtree(kept / changed.key, ignore_errors=True)


def _expecting(mutated: Case, found: Row, before: Row) -> Row:
    """A row with the mutant of a case in, beside what is expected of it."""
    if found.case == mutated.name and found.discriminates:
        return replace(found, mutant=mutated.name, check=Check.MUTANT, expected=Verdict.AFFECTED)
    seen_too = found.case in mutated.also_seen_by and found.verdict is Verdict.AFFECTED
    return replace(found, mutant=mutated.name, expected=found.verdict if seen_too else before.verdict)
