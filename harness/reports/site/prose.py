"""A case's page as HTML: its own words, in which no tag of theirs is one."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from harness.evidence.pages import BEGIN, END

# Written by what was measured, which the site shows in its own way.
_GENERATED = ("Claimed and measured",)


def sections(page: Path, programs: Mapping[str, str]) -> Iterator[tuple[str, Markup]]:
    """The sections of the page of a case, each with its heading; what is generated there is left out.

    A link to one of the case's *programs* leads to the part of the site's page that it names.
    """
    text = re.sub(rf"{re.escape(BEGIN)}.*?{re.escape(END)}", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    parts = re.split(r"(?m)^##? +(.*)$", text)
    for heading, body in list(zip(parts[1::2], parts[2::2], strict=True))[1:]:
        if heading not in _GENERATED:
            yield heading, _html(body, programs)


def _html(text: str, programs: Mapping[str, str]) -> Markup:
    """What *text* is in Markdown, with its HTML as text and without pictures, which would be fetched."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = parser.parse(text)
    for token in [child for each in tokens for child in each.children or ()]:
        _lead(token, programs)
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def _lead(token: Token, programs: Mapping[str, str]) -> None:
    """Let a link lead to where the site has what it is about."""
    if token.type != "link_open":
        return
    target = str(token.attrs["href"])
    if target in programs:
        token.attrs["href"] = f"#{programs[target]}"
    elif beside := re.fullmatch(r"\.\./(\w+)/README\.md", target):
        token.attrs["href"] = f"../{beside[1]}/index.html"
