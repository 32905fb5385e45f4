"""What a program said, in words that fit a line of a terminal, a page or a log."""

from pathlib import PurePath

from harness.judgement.observation import Raised

# Of what is shown, in characters: what is longer is in the record.
LONGEST = 1_000
_CUT = "\N{HORIZONTAL ELLIPSIS}"


def printable(text: str, longest: int = LONGEST) -> str:
    """*text* in one line, in which nothing steers a terminal or turns the direction of writing.

    What does is written as Python writes it in a string, and what is too long is cut.
    """
    shown = escaped(text[: longest + 1])
    return shown if len(shown) <= longest else shown[: longest - 1] + _CUT


def escaped(text: str) -> str:
    """*text* with whatever cannot be printed written as Python writes it in a string."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


def describe(error: Raised) -> str:
    """An exception and the frame that raised it, in one printable line."""
    parts = PurePath(error.file).parts
    anchor = next((n for n, part in enumerate(parts) if part == "site-packages"), len(parts) - 2)
    message = error.message.strip().splitlines()
    said = f": {message[0]}" if message else ""
    return printable(f"{error.type}{said} ({'/'.join(parts[anchor + 1 :])}:{error.line})")
