"""Shows text that somebody else wrote: nothing in it reaches a terminal, a log or a page as anything but text."""

import re


def printable(text: str) -> str:
    """*text* without what steers a terminal, breaks a line or is not written at all; such characters are spelled out.

    A workflow command of a continuous integration is taken apart: `::error::` and `##[error]` are no commands then.
    """
    shown = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
    return re.sub(r"::(?=[a-z-]+( [^:]*)?::)|##(?=\[)", lambda match: match[0][0] + "\u200b" + match[0][1:], shown)
