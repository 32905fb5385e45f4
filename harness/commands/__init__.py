"""The commands behind nox's sessions and the console script: a module for each, whose `main` returns an exit code."""

import signal
import sys
import tomllib
import traceback
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

from harness.releases.index import load_index
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.invocation import CONSOLE
from harness.support.paths import CASES, INSTALLED, RELEASES, ROOT

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


def main(arguments: Sequence[str]) -> int:
    """Run a command; a mistake of the user's is one message and exit code 2.

    A fault of the harness's own shows its traceback and ends with 3: 1 would say that a bug was found.
    """
    # Ended from outside, a command takes along what it started, as it does when it is interrupted.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    command, *rest = arguments or ["--help"]
    try:
        if command in ("-h", "--help", "--version"):
            print(_version() if command == "--version" else _help(), file=sys.stdout if arguments else sys.stderr)
            return Exit.AS_EXPECTED if arguments else Exit.WRONG_USE
        _refuse_unknown(command)
        code: int = import_module(f"harness.commands.{command}").main(rest)
    except UserError as error:
        print(error, file=sys.stderr)
        return Exit.WRONG_USE
    except Exception:
        traceback.print_exc()
        return Exit.NOT_OBSERVED
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
