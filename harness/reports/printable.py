"""Shows text that somebody else wrote in a log: nothing in it is obeyed by whoever reads the log."""

import re

from harness.judgement import wording

# How a continuous integration's commands begin: `::error::` and `::error file=a::`, `##[error]`, `##vso[...]`.
_BEGINNING = re.compile(r":(?=:\w)|#(?=#\w*\[)")


def printable(text: str, longest: int = wording.LONGEST) -> str:
    """*text* in one printable line, in which a continuous integration finds no command of its own."""
    return unarmed(wording.printable(text, longest))


def unarmed(text: str) -> str:
    """*text* with the first character of what begins such a command written as Python may write it in a string."""
    last = text.rfind("::")
    return _BEGINNING.sub(lambda found: found[0] if found[0] == ":" and found.start() == last else _hex(found[0]), text)


def _hex(character: str) -> str:
    return f"\\x{ord(character):02x}"
