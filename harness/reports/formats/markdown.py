"""Parts of a document in GitHub's Markdown.

Whatever a program, a file or a resolver said is code, character by character: there GitHub links no
name, number or address, and nothing can end a cell, a line or a tag.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from harness.reports.formats.wording import plain


def link(text: str, address: str) -> str:
    """*text*, which is the catalogue's own, as a link."""
    return f"[{text}]({quote(address, safe=':/?#&=%')})"


def folded(summary: str, lines: Iterable[str]) -> str:
    """A block of *lines*, which nothing in it can close: that takes a line of its own."""
    body = "\n".join(["```text", *(plain(line) for line in lines), "```"])
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are Markdown already."""

    def lines() -> Iterator[str]:
        for cells in (headings, ["---"] * len(headings), *rows):
            yield f"| {' | '.join(cells)} |"

    return "\n".join(lines())


def code(text: str) -> str:
    """What somebody else said, character by character."""
    return f"<code>{_escaped(text)}</code>"


def prose(text: str) -> str:
    """A case's own words. A mark that begins a mention or a reference is parted from what follows."""
    return re.sub("(&#(?:35|64);)", r"\1&#8203;", _escaped(text))


def _escaped(text: str) -> str:
    return "".join(c if c.isalnum() or c in " .,/=-" else f"&#{ord(c)};" for c in plain(text))
