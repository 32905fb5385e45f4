"""Puts a bug back into the newest release, in a copy of its environment: its case must notice, and no other.

What makes `unaffected` on the newest release worth something: a program that cannot see the bug any
more, because an import moved or a branch is never reached, says `unaffected` too.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from harness.catalogue.case import Case, Check, Side
from harness.environments.inspection import inspect
from harness.environments.installation import site_packages
from harness.environments.model import Environment
from harness.environments.target import Target
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Verdict
from harness.mutants.edits import Edited, read_edits
from harness.releases.profiles import TODAY
from harness.runs.plan import Cell, Job, Releases
from harness.runs.row import Row
from harness.runs.run import Runner, row
from harness.runs.seen import Seen
from harness.support.errors import UserError
from harness.support.processes import workers

Edits = Mapping[str, Edited]


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest release as it is: its environments, and what was seen of each program there."""

    environments: Mapping[Target, Environment]
    seen: Mapping[Job, Seen]

    def base(self, case: Case) -> Target:
        """The environment in which the programs of *case* are run."""
        return next(job.target.base for job in self.seen if job.task.case.name == case.name)

    def touched(self, case: Case, edited: Edited) -> Iterator[Job]:
        """The programs that can see the edits: those of *case*, and those that import a module of what is edited.

        What a program does not import cannot change what it does. Of the typing checks, only the case's own are run
        again: what mypy says of a module's annotations it says of every program that names them.
        """
        modules = {".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in edited}
        outside = any(file.parts[0] != "starlette" for file in edited)
        for job, seen in self.seen.items():
            own = job.task.case.name == case.name
            imports = outside or not modules.isdisjoint(seen.runs[0].imported)
            if job.target.base == self.base(case) and (own or (job.task.engine is Engine.RUNTIME and imports)):
                yield job


def run_mutants(mutated: Sequence[Case], cases: Sequence[Case], releases: Releases, runner: Runner) -> tuple[Row, ...]:
    """Observe *cases* on the newest release as it is, then what the mutant of each of *mutated* can touch.

    A mutated case's discriminating programs are expected to be affected, everything else as it was before, but for
    the cases that say that they see this mutant too.

    Raises:
        UserError: an edit does not apply exactly once, and the message lists every one of every case;
            or a case's edits leave nothing that could be looked at.
    """
    jobs = [job for case in cases for job in Cell(case, Side.NEWEST).jobs(releases) if job.profile == TODAY]
    seen = runner.run(jobs)
    plain = [row(job, each) for job, each in seen.items()]
    bases = {target: runner.builder.base(target) for target in dict.fromkeys(job.target.base for job in jobs)}
    newest = Newest({target: each for target, each in bases.items() if isinstance(each, Environment)}, seen)
    runnable = [case for case in mutated if case.mutant and newest.base(case) in newest.environments]
    edits = _read(runnable, newest)
    with workers() as pool:
        found = pool.map(lambda case: _mutant(case, edits[case.name], newest, runner), runnable)
        return (*plain, *(each for some in found for each in some))


def _read(cases: Iterable[Case], newest: Newest) -> Edits:
    """The edits of all *cases*, each in the environment of its own programs; all that is wrong is said together."""
    by_base: dict[Target, list[Case]] = {}
    for case in cases:
        by_base.setdefault(newest.base(case), []).append(case)
    found: dict[str, Edited] = {}
    problems: list[str] = []
    for base, some in by_base.items():
        try:
            found |= read_edits(some, newest.environments[base])
        except UserError as error:
            problems.append(str(error))
    if problems:
        raise UserError("\n".join(problems))
    return found


def _mutant(case: Case, edited: Edited, newest: Newest, runner: Runner) -> Sequence[Row]:
    jobs = list(newest.touched(case, edited))
    with _copy(case, newest.environments[newest.base(case)], edited, runner) as changed:
        found = runner.run_over(changed, jobs)
    return [_expecting(case, row(job, seen), row(job, newest.seen[job])) for job, seen in found.items()]


@contextmanager
def _copy(case: Case, environment: Environment, edited: Edited, runner: Runner) -> Iterator[Environment]:
    """A copy of *environment* with the *edited* files of *case*; it goes again, with what was kept about it.

    Never the environment itself: its files are links into uv's cache, which every environment shares.
    """
    builder = runner.builder
    with tempfile.TemporaryDirectory(prefix="mutant-", dir=builder.installer.cache) as folder:
        place = Path(folder) / "environment"
        shutil.copytree(environment.interpreter.parent.parent, place, symlinks=True)
        interpreter = place / "bin" / "python"
        for file, text in edited.items():
            # Not through the link that the installer may have made.
            (site_packages(interpreter) / file).unlink()
            (site_packages(interpreter) / file).write_text(text, encoding="utf-8")
        try:
            found = inspect(interpreter)
        except UserError:
            said = "with it there is no Starlette to look at; write edits that leave its name and version as they are"
            raise UserError(f"cases/{case.name}/case.toml: mutant: {said}") from None
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
