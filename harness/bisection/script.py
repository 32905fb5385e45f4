"""A script of a user's own, in the shape of a case: what it raises where the bug is, is learned by running it."""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from harness.catalogue.case import Boundary, Case, Check, Facts, Links, Needs, Signature
from harness.catalogue.values import Pattern, Problem
from harness.judgement.judge import describe
from harness.judgement.observation import Observation, Raised
from harness.support.errors import UserError

_NOWHERE = Links("https://example.invalid", "https://example.invalid")


@dataclass(frozen=True, slots=True)
class _Unpublished(Facts):
    """The facts of a bug that has no issue, and of which no boundary is known."""

    issue: int
    boundaries: tuple[Boundary, ...]


@dataclass(frozen=True, slots=True)
class Script(Case):
    """A case of which there is nothing but its repro, which may have any name.

    `matches` is a regular expression that the message of its exception is to fit.
    """

    file: Path
    matches: Pattern

    @staticmethod
    def conflicts(_values: Mapping[str, Any], /) -> Iterator[Problem]:
        yield from ()

    def tells(self, check: Check) -> bool:
        return check is Check.REPRO

    def program(self, check: Check) -> Path:
        if check is not Check.REPRO:
            raise ValueError(f"a script has no {check}")
        return self.file


def read_script(path: Path, requires: Sequence[str], drivers: Sequence[str], matches: str) -> Script:
    """A script without a symptom yet, which needs the packages *requires* and is supplied with *drivers*.

    Raises:
        UserError: this is no script, no package, or no regular expression.
    """
    _refuse_other_files(path)
    file = path.absolute()
    try:
        needs = Needs(requires=tuple(requires), drivers=tuple(drivers))
        facts = _Unpublished(0, file.name, _NOWHERE, (), environment=needs)
        script = Script(file.stem, file.parent, facts, frozenset(), file, matches)
    except ValueError as error:
        raise UserError(f"--{error}") from None
    if "starlette" in needs.required_names:
        raise UserError("--requires starlette: that is what is bisected; name other packages, or none")
    return script


def _refuse_other_files(path: Path) -> None:
    if not path.is_file():
        what = "this is a folder" if path.is_dir() else "there is no such file"
        raise UserError(f"--script {path}: {what}; name a Python program")
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(path.read_bytes(), path.name, "exec")
    except OSError as error:
        raise UserError(f"--script {path}: it cannot be read: {error.strerror}; name a Python program") from None
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UserError(f"--script {path}: this is no Python program: {error}; mend it or name another") from None


def learn(script: Script, seen: Observation) -> Script:
    """The script with what it raised, where the bug is known to be, as its symptom.

    Without one where it raised nothing: then the judge says what happened instead.

    Raises:
        UserError: what it raised has another message than was announced, or cannot be recognized elsewhere.
    """
    if seen.raised is None:
        return script
    try:
        signature = Signature(seen.raised.type, _suffix(seen.raised, script.file), script.matches)
    except ValueError as error:
        raise UserError(f"--script {script.file.name}: it raises what cannot be recognized: {error}") from None
    if not re.search(script.matches, seen.raised.message):
        raise UserError(f"--matches {script.matches}: what the script raises is {describe(seen.raised)}")
    return replace(script, facts=replace(script.facts, symptom=(signature,)))


def _suffix(error: Raised, script: Path) -> str:
    """What names the file that raised, in every environment: its place in its package, or the script's name."""
    file = PurePath(error.file)
    if file == script:
        return file.name
    parts = file.parts
    below = max((n + 1 for n, part in enumerate(parts) if part == "site-packages"), default=len(parts) - 2)
    return "/".join(parts[max(below, 0) :])
