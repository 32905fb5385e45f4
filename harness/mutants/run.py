"""Puts a bug back into the newest release, in a copy of its environment: its case must notice, and no other.

What makes `unaffected` on the newest release worth something: a program that cannot see the bug any
more, because an import moved or a branch is never reached, says `unaffected` too.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from harness.catalogue.case import Case, Check, Mutant
from harness.environments.builder import Builder
from harness.environments.model import Environment, Unavailable
from harness.environments.target import Target
from harness.judgement.judge import judge
from harness.judgement.vocabulary import Reason, Verdict
from harness.releases.index import Profile, load_index
from harness.runs.plan import unexpecting
from harness.runs.record import Row, to_row
from harness.runs.run import not_built, run_existing
from harness.support.errors import UserError
from harness.support.files import write_whole
from repros.engine import inspect

# The text of each file that a mutant changes, by its path below site-packages.
Edited = Mapping[Path, str]


def run_mutants(mutated: Sequence[Case], cases: Sequence[Case], builder: Builder) -> tuple[Row, ...]:
    """Observe *cases* on the newest release as it is, then with the mutant of each of *mutated* in it.

    A mutated case's telling programs are expected to be affected, everything else as it was before.

    Raises:
        UserError: an edit does not apply exactly once, and the message lists every one of every case;
            or a case's edits leave nothing that could be looked at.
    """
    newest = load_index().newest
    environment = builder.environment(newest, Profile.TODAY, newest)
    if isinstance(environment, Unavailable):
        return tuple(_unavailable(cases, Target(newest, Profile.TODAY, newest), environment))
    edits = read_edits(mutated, environment)
    before = _observed(environment, cases, builder)
    rows = list(before)
    for case in mutated:
        if case.facts.mutant:
            with _copy(case, environment, edits[case.name], builder) as changed:
                rows += _expecting(case, _observed(changed, cases, builder), before)
        else:
            rows += _unproven(case, before)
    return tuple(rows)


def read_edits(cases: Iterable[Case], environment: Environment) -> Mapping[str, Edited]:
    """What the mutant of each case makes of the files of *environment*, in which nothing is changed.

    Raises:
        UserError: an edit does not apply exactly once; the message lists every one of every case.
    """
    problems: list[str] = []
    edits = {case.name: _edited(case, environment, problems) for case in cases}
    if problems:
        raise UserError("\n".join(problems))
    return edits


def _edited(case: Case, environment: Environment, problems: list[str]) -> Edited:
    """Apply the edits of *case*, one after the other; what is wrong with one is added to *problems*."""
    site = _site_packages(_place(environment))
    texts: dict[Path, str] = {}
    for number, mutant in enumerate(case.facts.mutant):
        try:
            file = _only_file(site, mutant)
            text = texts[file] if file in texts else _text(site, file)
            texts[file] = _replaced(text, file, mutant, environment.release)
        except ValueError as error:
            problems.append(f"cases/{case.name}/case.toml: mutant[{number}].{error}")
    return texts


def _only_file(site: Path, mutant: Mutant) -> Path:
    found = sorted(path.relative_to(site) for path in site.glob(mutant.file) if path.is_file())
    if len(found) == 1:
        return found[0]
    seen = f"{len(found)} files, {found[0]} and {found[1]} among them" if found else "no file"
    raise ValueError(f"file: {mutant.file} matches {seen}; write a path below site-packages that matches exactly one")


def _text(site: Path, file: Path) -> str:
    try:
        return (site / file).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"file: {file} is no text in UTF-8; write the path of a file that is") from None


def _replaced(text: str, file: Path, mutant: Mutant, release: str) -> str:
    if (times := text.count(mutant.find)) != 1:
        found = f"found {times} times in {file} of Starlette {release}"
        raise ValueError(f"find: {found}; write text that it has exactly once")
    return text.replace(mutant.find, mutant.replace)


@contextmanager
def _copy(case: Case, environment: Environment, edited: Edited, builder: Builder) -> Iterator[Environment]:
    """A copy of *environment* with the *edited* files of *case*; it goes again, with what was kept about it.

    Never the environment itself: its files are links into uv's cache, which every environment shares.
    """
    with tempfile.TemporaryDirectory(prefix="mutant-", dir=builder.cache) as folder:
        place = Path(folder) / "environment"
        shutil.copytree(_place(environment), place, symlinks=True)
        for file, text in edited.items():
            write_whole(_site_packages(place) / file, text)
        try:
            found = inspect(place / environment.interpreter.relative_to(_place(environment)))
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


def _place(environment: Environment) -> Path:
    return environment.interpreter.parent.parent


def _site_packages(place: Path) -> Path:
    (found,) = place.glob("lib/python*/site-packages")
    return found


def _observed(environment: Environment, cases: Sequence[Case], builder: Builder) -> tuple[Row, ...]:
    return tuple(replace(row, profile=Profile.TODAY) for row in run_existing(environment, cases, builder))


def _expecting(mutated: Case, rows: Iterable[Row], before: Iterable[Row]) -> Iterator[Row]:
    """Rows with the mutant of a case in, beside what is expected of them."""
    as_it_was = {(row.case, row.check): row.verdict for row in before}
    for row in rows:
        if row.case == mutated.name and row.tells:
            yield replace(row, mutant=mutated.name, check=Check.MUTANT, expected=Verdict.AFFECTED)
        else:
            yield replace(row, mutant=mutated.name, expected=as_it_was[row.case, row.check])


def _unproven(case: Case, before: Iterable[Row]) -> Iterator[Row]:
    """A case without a mutant: nothing shows that its programs would still see the bug."""
    for row in before:
        if row.case == case.name and row.tells:
            said = f"there is no [[mutant]]: that the {row.check} would see the bug on {row.release} is unproven"
            yield replace(
                row, mutant=case.name, check=Check.MUTANT, expected=Verdict.AFFECTED, seconds=0.0,
                verdict=Verdict.INCONCLUSIVE, reason=Reason.VACUOUS, evidence=said,
            )  # fmt: skip


def _unavailable(cases: Iterable[Case], target: Target, why: Unavailable) -> Iterator[Row]:
    for task in (task for case in cases for task in unexpecting(case)):
        seen = not_built(task, why)
        yield to_row(task, target, None, seen, judge(task.case, task.check, None, seen))
