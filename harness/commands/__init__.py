"""The commands behind nox's sessions and the console script: a module for each, whose `main` returns an exit code."""

import sys
import tomllib
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

from harness.releases.index import load_index
from harness.reports.printable import printable
from harness.support.errors import UserError, explained
from harness.support.exits import INTERRUPTED, Exit, GitExit, asked_by_git
from harness.support.invocation import CONSOLE
from harness.support.outlets import outlets, refuse_lost_output
from harness.support.paths import CASES, INSTALLED, RELEASES, ROOT
from harness.support.processes import interrupt_when_ended

# They are about a checkout: they write to it, or need what no wheel has.
_OF_A_CHECKOUT = frozenset(["bench", "ledger", "lock", "new", "report"])
COMMANDS = tuple(
    name
    for name in (
        *("bench", "bisect", "cases", "check", "items", "ledger", "lock", "mutants"),
        *("new", "report", "sweep", "upgrade"),
    )
    if not (INSTALLED and name in _OF_A_CHECKOUT)
)

# Of a line of what is said, in characters: what a tool said may be in it.
_LONGEST = 5_000


def main(arguments: Sequence[str]) -> int:
    """Run a command: its exit code. Whatever it raises is one message, and `explained` says what it ends with."""
    interrupt_when_ended()
    with outlets():
        try:
            code = _run(arguments)
            refuse_lost_output()
        except Exception as error:
            code = tell(error)
            return GitExit.STOP if asked_by_git(arguments) else code
    return code


def main_alone(arguments: Sequence[str]) -> int:
    """The same where nobody else handles an interrupt."""
    try:
        return main(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


def tell(error: Exception) -> Exit:
    """Say what ended a command; its exit code."""
    message, code = explained(error)
    for line in message.splitlines():
        print(printable(line, _LONGEST), file=sys.stderr, flush=True)
    return code


def _run(arguments: Sequence[str]) -> int:
    command, *rest = arguments or ["--help"]
    if command in ("-h", "--help", "--version"):
        print(_version() if command == "--version" else _help(), file=sys.stdout if arguments else sys.stderr)
        return Exit.AS_EXPECTED if arguments else Exit.WRONG_USE
    _refuse_unknown(command)
    code: int = import_module(f"harness.commands.{command}").main(rest)
    return code


def _refuse_unknown(command: str) -> None:
    if command in COMMANDS:
        return
    listed = f"the commands are {', '.join(COMMANDS)}"
    if command in _OF_A_CHECKOUT:
        raise UserError(f"{command} works on a checkout, and this is an installed package: use a clone; here {listed}")
    raise UserError(f"{command!r} is no command; {listed}")


def _help() -> str:
    prog = CONSOLE if INSTALLED else "python -m harness"
    each = ((name, (import_module(f"harness.commands.{name}").__doc__ or "").partition("\n")[0]) for name in COMMANDS)
    lines = "\n".join(f"  {name:8}  {what}" for name, what in each)
    more = f"{prog} COMMAND --help says what each of them takes."
    return f"usage: {prog} COMMAND [arguments]\n\nDocumented Starlette bugs, executed.\n\n{lines}\n\n{more}"


def _version() -> str:
    """Which code this is, and which data."""
    index = load_index(RELEASES)
    project = {} if INSTALLED else tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    count = sum(1 for _ in CASES.glob("*/case.toml"))
    what = f"{count} cases on {len(index.releases)} releases, as of {index.as_of:%Y-%m-%d}"
    return f"{CONSOLE} {project.get('version') or version(CONSOLE)} ({what})"
