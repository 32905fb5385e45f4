"""The commands behind the sessions of nox: a module for each, whose `main` returns an exit code."""

import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

from harness.support.errors import UserError
from harness.support.exits import Exit

COMMANDS = ("bench", "bisect", "check", "ledger", "lock", "mutants", "new", "report", "sweep", "upgrade")


def main(arguments: Sequence[str]) -> int:
    """Run a command; a mistake of the user's is one message and exit code 2.

    A fault of the harness's own shows its traceback and ends with 3: 1 would say that a bug was found.
    """
    # Ended from outside, a command takes along what it started, as it does when it is interrupted.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    command, *rest = arguments or [""]
    try:
        if command not in COMMANDS:
            raise UserError(f"{command!r} is no command; the commands are {', '.join(COMMANDS)}")
        code: int = import_module(f"harness.commands.{command}").main(rest)
    except UserError as error:
        print(error, file=sys.stderr)
        return Exit.WRONG_USE
    except Exception:
        traceback.print_exc()
        return Exit.NOT_OBSERVED
    return code
