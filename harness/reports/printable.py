"""Shows text that somebody else wrote in a log: nothing in it is obeyed by whoever reads the log."""

import re

from harness.judgement import wording

_COMMAND = re.compile(r":(?=:[a-z-]+( [^:]*)?::)|#(?=#\[)")


def printable(text: str) -> str:
    """*text* in one printable line, in which a continuous integration finds no command of its own.

    `::error::` and `##[error]` are taken apart by a character that is not seen.
    """
    return _COMMAND.sub("\\g<0>\u200b", wording.printable(text))
