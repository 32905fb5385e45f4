"""A script of a user's own, in the shape of a case: what it raises where the bug is, is learned by running it."""

import re
import warnings
from collections.abc import Sequence
from pathlib import Path, PurePath

from pydantic import ValidationError

from harness.catalogue.case import Area, Case, Check, Kind, Needs, References, Signature
from harness.judgement.observation import Observation, Raised
from harness.judgement.wording import describe
from harness.support.errors import UserError
from harness.support.toml import problems_of


class Script(Case):
    """A case of which there is nothing but its repro, which may have any name.

    `matches` is a regular expression that the message of its exception is to fit.
    """

    file: Path
    matches: str

    def discriminates(self, check: Check) -> bool:
        return check is Check.REPRO

    def program(self, check: Check) -> Path:
        if check is not Check.REPRO:
            raise KeyError(f"a script has no {check}")
        return self.file

    @property
    def label(self) -> str:
        return self.file.name

    def __hash__(self) -> int:
        return hash(self.file)


def read_script(path: Path, requires: Sequence[str], drivers: Sequence[str], matches: str) -> Script:
    """A script without a symptom yet, which needs the packages *requires* and is supplied with *drivers*.

    Raises:
        UserError: this is no script, no package, or no regular expression.
    """
    _refuse_other_files(path)
    file = path.absolute()
    needs, problems = problems_of(Needs, {"requires": list(requires), "drivers": list(drivers)})
    _, wrong = problems_of(Signature, {"raises": "E", "raised_in": "a.py", "matches": matches})
    if needs is None or wrong:
        raise UserError("\n".join(f"--{key}: {what}" for key, what in (*problems, *wrong)))
    if "starlette" in needs.required_names:
        raise UserError("--requires starlette: that is what is bisected; name other packages, or none")
    return Script(
        title=file.name,
        area=Area.DOCUMENTATION,
        kind=Kind.BUG,
        references=References(),
        environment=needs,
        name=file.stem,
        directory=file.parent,
        marks=frozenset(),
        file=file,
        matches=matches,
    )


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
        signature = Signature(
            raises=seen.raised.type, raised_in=_suffix(seen.raised, script.file), matches=script.matches
        )
    except ValidationError:
        raise UserError(
            f"--script {script.file.name}: it raises what cannot be recognized: {describe(seen.raised)}"
        ) from None
    if not re.search(script.matches, seen.raised.message):
        raise UserError(f"--matches {script.matches}: what the script raises is {describe(seen.raised)}")
    return script.model_copy(update={"symptom": (signature,)})


def _suffix(error: Raised, script: Path) -> str:
    """What names the file that raised, in every environment: its place in its package, or the script's name."""
    file = PurePath(error.file)
    if file == script:
        return file.name
    parts = file.parts
    below = max((n + 1 for n, part in enumerate(parts) if part == "site-packages"), default=len(parts) - 2)
    return "/".join(parts[max(below, 0) :])
