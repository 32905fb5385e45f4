"""Exit codes of every command, as DESIGN fixes them for the tools that rely on them."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    AS_EXPECTED = 0
    DIFFERS = 1
    WRONG_USE = 2
    NOT_OBSERVED = 3
