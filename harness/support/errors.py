"""What a failure is told as: one line, and the exit code that says whose it was."""

import sys
import traceback
from pathlib import PurePath

from harness.support.exits import Exit


class UserError(Exception):
    """A mistake of the user's: the message names the place, what was found and what would be right."""


def explained(error: Exception) -> tuple[str, Exit]:
    """What is said of *error*, and the exit code of a command that it ended.

    What the system refuses, such as a full disk, is told with the file that it was refused for. Anything else is a
    fault of the harness's own, told with its place; a Python in its development mode (`-X dev`) shows the traceback.
    Neither ends with 1, which would say that a bug was found.
    """
    if isinstance(error, UserError):
        return str(error), Exit.WRONG_USE
    return refused(error) if isinstance(error, OSError) else _own_fault(error), Exit.NOT_OBSERVED


def refused(error: OSError) -> str:
    """What the system refused, and for which file."""
    what = error.strerror or str(error)
    return f"{error.filename}: {what}" if error.filename is not None else what


def _own_fault(error: Exception) -> str:
    if sys.flags.dev_mode:
        traceback.print_exception(error)
    step = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return f"a fault of this suite's own, please report it: {said} ({PurePath(step.filename).name}:{step.lineno})"
