"""A script of a user's own, in the shape of a case: what it shows where the bug is, is learned by running it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from harness.bisection.failure import Failure
from harness.bisection.source import Source
from harness.catalogue.case import Area, Case, Check, Kind, Needs, References, Signature
from harness.catalogue.marks import Mark
from harness.judgement.observation import Engine
from harness.runs.plan import Task
from harness.support.errors import UserError
from harness.support.toml import problems_of

_INSIDE = Path(__file__).resolve().parent / "inside"
# The first that run on every interpreter that is asked, so that one old enough for the environment can be had.
_TESTERS = ("anyio", "pytest>=7.2", "pytest-asyncio>=0.20")


class Symptom(StrEnum):
    """What is looked for in a script."""

    EXCEPTION = "exception"
    EXIT_CODE = "exit code"
    HANG = "hang"
    WARNING = "warning"
    TYPES = "types"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user says of a script: its file, what to look for in it, and what it needs.

    `option` is where the file was written. `matches` is a regular expression that the message is to fit, `category` the
    class of the warning; `imports` says that a failed import is the bug; `override` that what its packages demand of
    Starlette counts for nothing.
    """

    file: Path
    option: str = "--script"
    symptom: Symptom = Symptom.EXCEPTION
    requires: Sequence[str] = ()
    matches: str = ""
    category: str = ""
    imports: bool = False
    override: bool = False


class Script(Case):
    """A case of which there is nothing but one program, which may have any name.

    `learned` is how it failed where the bug is, `code` what it left with there, `noise` what mypy says of it where the
    bug is not, all known after it ran there; `through` runs it, where it does not run itself.
    """

    file: Path
    wish: Wish
    through: tuple[str, ...] = ()
    learned: Failure | None = None
    code: int | None = None
    noise: frozenset[Mark] = frozenset()

    def discriminates(self, check: Check) -> bool:
        return check is self.task.check

    def program(self, check: Check) -> Path:
        if not self.discriminates(check):
            raise KeyError(f"a script has no {check}")
        return self.file

    @property
    def task(self) -> Task:
        """How it is met."""
        if self.wish.symptom is Symptom.TYPES:
            return Task(self, Check.TYPING, Engine.STATIC)
        return Task(self, Check.REPRO, Engine.RUNTIME, through=self.through)

    @property
    def label(self) -> str:
        return self.file.name

    def __hash__(self) -> int:
        return hash(self.file)


def read_script(wish: Wish) -> Script:
    """A script of which nothing is learned yet.

    Raises:
        UserError: this is no script, no package, no regular expression, or it cannot show what is looked for.
    """
    source, file = Source(wish.file, wish.option), wish.file.absolute()
    through = _through(wish, source)
    tested = through[:1] == (str(_INSIDE / "tested.py"),) or source.imports("pytest")
    needs, problems = problems_of(
        Needs,
        {
            "requires": list(wish.requires),
            "optional": list(source.declared),
            "drivers": list(_TESTERS if tested else ()),
        },
    )
    _, wrong = problems_of(Signature, {"raises": "E", "raised_in": "a.py", "matches": wish.matches})
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
        wish=wish,
        through=through,
    )


def _through(wish: Wish, source: Source) -> tuple[str, ...]:
    """What runs the script, where running it would tell nothing: pytest, or what notices warnings."""
    at, tests = f"{wish.option} {wish.file}", source.uncalled_tests
    if wish.symptom is Symptom.TYPES:
        return ()
    if wish.symptom is Symptom.EXIT_CODE:
        if source.drops_exit_code:
            raise UserError(f"{at}: it drops the exit code of pytest.main(); leave --exit-code out, or call sys.exit")
        if tests and not source.leaves:
            raise UserError(f"{at}: nothing calls {tests[0]}; leave --exit-code out, and pytest runs it")
        return ()
    if wish.symptom is Symptom.WARNING:
        if tests:
            raise UserError(f"{at}: --warns is for a program, and nothing calls {tests[0]}; call it at its end")
        return (str(_INSIDE / "warned.py"), wish.category)
    return (str(_INSIDE / "tested.py"),) if tests else ()
