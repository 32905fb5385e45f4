"""Pieces of HTML that several parts of the page are made of. Whatever comes from outside is escaped here."""

import re
from html import escape

from harness.judgement.vocabulary import Verdict
from harness.catalogue.case import Case
from harness.reports.page.looks import LOOKS


def prose(text: str) -> str:
    """A line of Markdown that knows nothing but code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def shape(verdict: Verdict) -> str:
    """The shape of *verdict*, which `symbols` defines."""
    return f'<svg class="{verdict}" viewBox="0 0 10 10" aria-hidden="true"><use href="#{verdict}"/></svg>'


def symbols() -> str:
    """Every shape, once, for the whole page."""
    return "".join(
        f'<symbol id="{verdict}" viewBox="0 0 10 10"><path fill-rule="evenodd" d="M0 0{look.shape}"/></symbol>'
        for verdict, look in LOOKS.items()
    )


def named(verdict: Verdict) -> str:
    """A verdict with its shape."""
    return f'<span class="verdict {verdict}">{shape(verdict)}{LOOKS[verdict].label}</span>'


def bug(case: Case) -> str:
    """The issue's number and what it is about, with links to the issue."""
    issue = f'<a href="{escape(case.facts.links.issue)}">#{case.facts.issue}</a>'
    return f"<b>{issue}</b> <span>{prose(case.facts.title)}</span>"
