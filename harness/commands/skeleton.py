"""A new case's directory: what can be known of it, and a TODO, which the loader refuses, for everything else."""

import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from harness.bisection.script import Script, Symptom
from harness.catalogue.case import Check, Signature
from harness.catalogue.marks import Mark
from harness.evidence.pages import BEGIN, END
from harness.support.errors import UserError
from harness.support.files import clear
from harness.support.toml import problems_of

_TODO = "TODO"
_CLIENTS = frozenset(["httpx", "httpx2", "requests"])


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What is known of a case before anybody wrote it: as much as a bisection of a script found out."""

    name: str
    script: str | None = None
    boundary: tuple[str, str] | None = None
    profile: str = "period"
    symptom: Signature | None = None
    requires: tuple[str, ...] = ()
    supplied: tuple[str, ...] = ()
    check: Check = Check.REPRO

    @classmethod
    def of(cls, name: str, script: Script, boundary: tuple[str, str], profile: str) -> "Skeleton":
        """What bisecting *script* found out, between the final releases of *boundary* under *profile*."""
        text, seen = script.file.read_text(encoding="utf-8"), script.learned
        requires, supplied = tuple(script.wish.requires), script.environment.optional
        if script.wish.symptom is Symptom.TYPES:
            return cls(name, marked(text, script.marks), boundary, profile, None, requires, supplied, Check.TYPING)
        symptom = None
        if script.wish.symptom is Symptom.EXCEPTION and seen and not script.through:
            file = "repro.py" if seen.line else seen.file
            table = {"raises": seen.type, "raised_in": file, "matches": script.wish.matches}
            symptom, _ = problems_of(Signature, table)
        else:
            text = f"# TODO: let it raise what is wrong: this shows it by {_SHOWN[script.wish.symptom]}.\n{text}"
        return cls(name, text, boundary, profile, symptom, requires, supplied)

    def files(self) -> dict[str, str]:
        """The texts of the directory's files, by name."""
        return {
            "case.toml": self._case(),
            "repro.py": (self.script if self.check is Check.REPRO else None) or _REPRO,
            "typing_check.py": (self.script if self.check is Check.TYPING else None) or _TYPING,
            "README.md": _PAGE.format(name=self.name, begin=BEGIN, end=END),
        }

    def _case(self) -> str:
        number, alias = self.name.rpartition("_")[2], alias_in(self.name)
        broken, fixed = self.boundary or (_TODO, _TODO)
        lines = [
            'title = "TODO: the symptom in a reader\'s words"',
            'area = "TODO"',
            f"kind = {json.dumps('security' if alias else 'bug')}",
            *([f"aliases = [{json.dumps(alias)}]"] if alias else []),
            'no_mutant = "TODO: a [[mutant]] in its place, which puts the bug back into the newest release"',
            "",
            "[references]",
            f"issue = {number}"
            if number.isdecimal() and not alias
            else '# TODO: issue = 1, fix = 2 or advisory = "https://…"',
            "",
            "[[claims]]",
            'source = "TODO: who says in which release it was fixed"',
            'fixed = "TODO"',
            "",
            "[[boundaries]]",
            f"broken = {json.dumps(broken)}",
            f"fixed = {json.dumps(fixed)}",
            f"profile = {json.dumps(self.profile)}",
        ]
        lines += self._environment()
        lines += ["", "[[symptom]]", *self._symptom()]
        lines += ["", "[[touches]]", 'name = "TODO: what code has to use, such as starlette.requests.Request.form"']
        return "\n".join([*lines, ""])

    def _environment(self) -> list[str]:
        """What it ran with, where that is anything: clients are the program's own tools, and no feature's need."""
        needs = {
            "requires": self.requires,
            "optional": [name for name in self.supplied if name not in _CLIENTS],
            "drivers": [name for name in self.supplied if name in _CLIENTS],
        }
        lines = [f"{key} = {json.dumps(names)}" for key, names in needs.items() if names]
        return ["", "[environment]", *lines] if lines else []

    def _symptom(self) -> list[str]:
        if self.symptom is None:
            return ['raises = "TODO"', 'raised_in = "TODO"', 'matches = "TODO"']
        file = "repro.py" if "/" not in self.symptom.raised_in else self.symptom.raised_in
        message = self.symptom.matches or "TODO: what it says"
        return [
            f"raises = {json.dumps(self.symptom.raises)}",
            f"raised_in = {json.dumps(file)}",
            f"matches = {json.dumps(message)}",
        ]


_SHOWN = {
    Symptom.EXCEPTION: "a test that pytest runs",
    Symptom.EXIT_CODE: "its exit code",
    Symptom.HANG: "not ending",
    Symptom.WARNING: "a warning",
}


def marked(text: str, marks: Iterable[Mark]) -> str:
    """*text* with what mypy is expected to report on each line."""
    lines = text.splitlines()
    for line, some in groupby(sorted(marks), key=lambda mark: mark.line):
        lines[line - 1] += f"  # E: {', '.join(mark.code for mark in some)}"
    return "\n".join([*lines, ""])


def alias_in(name: str) -> str | None:
    """The identifier of an advisory that a case is named by, as it is written elsewhere."""
    found = re.search(r"_(cve_\d{4}_\d{4,}|pysec_\d{4}_\d+|ghsa(?:_[a-z0-9]{4}){3})$", name)
    kind, _, rest = found[1].replace("_", "-").partition("-") if found else ("", "", "")
    return f"{kind.upper()}-{rest}" if found else None


def write(skeleton: Skeleton, folder: Path) -> Path:
    """Write the directory below *folder*, which must not have it yet, whole or not at all.

    Raises:
        UserError: it cannot be written.
    """
    directory = folder / skeleton.name
    part = folder / f".{uuid.uuid4().hex}.part"
    try:
        part.mkdir()
        # What makes a directory a case comes last: one that was left behind is none.
        for name, text in reversed(skeleton.files().items()):
            (part / name).write_text(text, encoding="utf-8")
        part.rename(directory)
    except OSError as error:
        raise UserError(f"{directory}: it cannot be written: {error.strerror}") from None
    finally:
        clear(part)
    return directory


_REPRO = '''"""TODO: one sentence: https://github.com/Kludex/starlette/issues/TODO"""

# TODO: the shortest program that shows the bug: it ends where the behaviour is right, and lets the exception out, or
# raises AssertionError with the wrong value, where it is not.
'''

_TYPING = '''"""TODO: the same feature in a correct, typed program, # E: <code> where the broken release disagrees."""

from starlette.applications import Starlette

app = Starlette()
'''

_PAGE = """\
# TODO: what happens, in words that somebody searches for

TODO: which releases are affected.

## Symptom

TODO

## Am I affected?

    nox -s check -- --python path/to/environment/bin/python --case {name}

## Why

TODO

## Fix

TODO

## When the fix does not apply

TODO

## Claimed and measured

TODO

{begin}
{end}

## Run it again

    nox -s "cases({name}-broken)" "cases({name}-fixed)" "cases({name}-newest)"
"""
