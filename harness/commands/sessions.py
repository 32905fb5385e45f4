"""The adapter between nox and the commands: which cells there are, and how a run of nox ends.

nox itself knows only success and failure, which is 1. What a command ended with says more, and becomes the exit code
of the whole run where nothing else failed.
"""

import ast
import atexit
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from nox._options import options as nox_options

from harness.catalogue.case import Case
from harness.catalogue.loading import load_catalogue
from harness.catalogue.selection import select
from harness.commands import tell
from harness.releases.index import load_index
from harness.releases.profiles import load_profiles
from harness.runs.plan import Cell, plan
from harness.support.errors import UserError
from harness.support.exits import Exit, GitExit, asked_by_git
from harness.support.outlets import outlets, refuse_lost_output
from harness.support.paths import CASES, RELEASES
from harness.support.processes import interrupt_when_ended

if TYPE_CHECKING:
    import nox

    from harness.commands.cases import CasesRun

Function = Callable[..., Any]
# What only `dev.txt` installs, and these have nothing to do without.
_NEEDED = {"pytest": "jsonschema_rs", "ruff": "ruff"}


class Sessions:
    """One run of nox: what was asked for, and how each session ended."""

    def __init__(self) -> None:
        asked = nox_options.parse_args()
        self.keywords: str = asked.keywords or ""
        self.posargs: Sequence[str] = asked.posargs or ()
        self._ended: dict[str, int] = {}
        interrupt_when_ended()
        self._outlets = ExitStack()
        self._outlets.enter_context(outlets())
        try:
            self.cells = {cell.name: cell for cell in self._cells()}
            _refuse_unknown(asked.sessions or (), self.cells)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told and has an exit code of its own
            code = tell(error)
            sys.exit(GitExit.STOP if asked_by_git(self.posargs) else code)
        atexit.register(self._exit)

    def _cells(self) -> Iterator[Cell]:
        index = load_index(RELEASES)
        profiles = load_profiles(CASES / "profiles.toml")
        cases: Sequence[Case] = load_catalogue(CASES, index, profiles)
        if numbers := _numbers(self.keywords):
            # To nox 483 is an expression that is always true.
            cases = select(cases, numbers, option="-k")
        yield from plan(cases, profiles)

    def offered(self, session: Function, **options: Any) -> Function:
        """Offer a session; -k chooses among the cells, and never a session that does something else."""
        return (lambda function: function) if self.keywords else session(default=False, **options)

    @cached_property
    def _run(self) -> "CasesRun":
        from harness.commands.cases import CasesRun

        return CasesRun()

    def cell(self, session: "nox.Session", name: str) -> None:
        """Run one cell, together with all that were selected beside it."""
        with self._outcome(session.name) as ended:
            selected = {name, *_waiting(session)}
            cells = [cell for each, cell in self.cells.items() if each in selected]
            try:
                wrong = self._run.cell(self.cells[name], cells, session.posargs)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told and has an exit code of its own
                # What no cell escapes is said once.
                code = tell(error)
                ended(code)
                sys.exit(code)
            ended(self._run.code)
        if wrong:
            session.error(wrong)

    def command(self, name: str, session: "nox.Session", *options: str) -> None:
        """Run a command of the harness."""
        from harness.commands import main

        with self._outcome(session.name) as ended:
            # What the caller names lies where the caller is, which need not be the noxfile's folder.
            os.chdir(session.invoked_from)
            code = main([name, *options, *session.posargs])
            ended(code)
        if code:
            session.error(f"{name} ended with exit code {code}")

    def pytest(self, session: "nox.Session", *arguments: str) -> None:
        """Run tests of the harness, with what the caller says besides."""
        self._tools(session, ("pytest", *arguments, *session.posargs))

    def linters(self, session: "nox.Session", *commands: Sequence[str]) -> None:
        """Run linters, which take nothing from the caller."""
        if set(session.posargs) & {"-h", "--help"}:
            print(f"usage: nox -s {session.name}\n\n{session._runner.description}")
            return
        self._tools(session, *commands)

    def _tools(self, session: "nox.Session", *commands: Sequence[str]) -> None:
        """Run modules of the tools' environment, one after the other, until one fails."""
        with self._outcome(session.name) as ended:
            needed = [module for name, *_ in commands if (module := _NEEDED.get(name))]
            if missing := [module for module in needed if find_spec(module) is None]:
                ended(Exit.WRONG_USE)
                session.error(f"{missing[0]} is not installed; run: pip install -r evidence/locks/dev.txt")
            for command in commands:
                session.run(sys.executable, "-m", *command)
            ended(0)

    @contextmanager
    def _outcome(self, name: str) -> Iterator[Callable[[int], None]]:
        """Take down how a session ends; one that does not say so has failed."""
        self._ended[name] = Exit.DIFFERS
        for handler in logging.getLogger().handlers:
            handler.addFilter(_is_shown)

        def ended(code: int) -> None:
            self._ended[name] = code

        yield ended

    def _exit(self) -> None:
        """Give the exit code its meaning, where nox would say 1 of whatever was not a success."""
        failed = {code for code in self._ended.values() if code}
        try:
            if "_run" in self.__dict__:
                self._run.show()
            if Exit.WRONG_USE not in failed:
                refuse_lost_output()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told and has an exit code of its own
            failed = {tell(error)}
        self._outlets.close()
        if len(failed) == 1 and (code := failed.pop()) != Exit.DIFFERS:
            os._exit(code)


def _is_shown(record: logging.LogRecord) -> bool:
    """Leave out what a library logs for its authors, and two lines for each of hundreds of cells.

    nox shows whatever anybody logs; what the cells come to stands in the summary.
    """
    if record.name != "nox":
        return record.levelno >= logging.WARNING
    went_well = r"^Running session cases\(|cases\(.*\) was successful|^\* cases\(.*: success"
    return not re.search(went_well, record.getMessage())


def _numbers(keywords: str) -> list[str]:
    """The numbers in an expression that names nothing else."""
    try:
        nodes = list(ast.walk(ast.parse(keywords or "None", mode="eval")))
    except SyntaxError:
        return []
    if any(isinstance(node, ast.Name) for node in nodes):
        return []
    return [str(node.value) for node in nodes if isinstance(node, ast.Constant) and type(node.value) is int]


def _waiting(session: "nox.Session") -> list[str]:
    """The cells that nox was asked for and that are still to come."""
    manifest = session._runner.manifest
    names = (each.friendly_name for each, selected in manifest.list_all_sessions() if selected)
    return [match[1] for name in names if (match := re.fullmatch(r"cases\((.*)\)", name))]


def _refuse_unknown(sessions: Sequence[str], cells: dict[str, Cell]) -> None:
    """Say which cells there are where nox would only say that a session was not found."""
    for session in sessions:
        asked = re.fullmatch(r"cases\(['\"]?(.*?)['\"]?\)", session)
        if asked and asked[1] not in cells:
            own = [name for name, cell in cells.items() if asked[1] == cell.case.name]
            close = own or [name for name in cells if asked[1] and asked[1].partition("-")[0] in name]
            right = " ".join(f'"cases({name})"' for name in close[:6]) or "a name that nox -l lists"
            raise UserError(f"no session is called {session}; write {right}")
