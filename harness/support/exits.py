"""Exit codes of every command, as DESIGN fixes them for the tools that rely on them."""

from collections.abc import Sequence
from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    AS_EXPECTED = 0
    DIFFERS = 1
    WRONG_USE = 2
    NOT_OBSERVED = 3


# What a shell makes of an interrupt, and nox too.
INTERRUPTED = 130


class GitExit(IntEnum):
    """What `git bisect run` is told. It takes every other code from 1 to 127 for NEW."""

    OLD = 0
    NEW = 1
    SKIP = 125
    STOP = 128


def asked_by_git(arguments: Sequence[str]) -> bool:
    """Whether the command line is one for `git bisect run`, to which a mistake must not look like an answer.

    A `--checkout` that was cut short is one of those mistakes.
    """
    return any(argument.startswith("--check") for argument in arguments)
