"""A comparison as GitHub's Markdown, fit to be pasted into a pull request.

Whatever a program, a file or a resolver said is code, character by character: there GitHub links no
name, number or address, and nothing can end a cell, a line or a tag.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from urllib.parse import quote

from harness.runs.row import Row
from harness.upgrade.comparison import Change, Comparison, Conflict, Finding
from harness.upgrade.formats.wording import (
    CHANGES,
    address,
    answer,
    change,
    nearest,
    number,
    page,
    plain,
    seen,
    unchecked,
)


def write(comparison: Comparison) -> str:
    """The answer first, then what it rests on; what each side showed is folded away."""
    name = partial(_linked, {each.case.name: address(each.case) for each in comparison.findings})
    parts = [
        answer(comparison, name),
        _findings(comparison.findings, name),
        _conflicts("What is pinned beside it does not allow it:", comparison.conflicts),
        nearest(comparison, name),
        _conflicts("That release is not allowed by:", comparison.nearest.refused if comparison.nearest else ()),
        _unchecked(comparison),
        f"What was run, on {comparison.as_of}:",
        _sides(comparison),
        *(_details(finding) for finding in comparison.findings),
        _installed(comparison),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _linked(addresses: dict[str, str], row: Row) -> str:
    return f"[{number(row)}]({quote(addresses[row.case], safe=':/?#&=%')})"


def _findings(findings: Sequence[Finding], name: partial[str]) -> str:
    rows = ((f"{name(each.after)} {each.check}", _becomes(each), _prose(each.case.title), f"`{page(each.case)}`")
            for each in findings)  # fmt: skip
    return _table(("bug", "what becomes of it", "what it is", "page"), rows) if findings else ""


def _becomes(finding: Finding) -> str:
    words = f"**{change(finding)}**" if finding.change is Change.INTRODUCED else change(finding)
    waiver = finding.waived
    return f"{words}, waived until {waiver.expires}: {_code(waiver.reason)}" if waiver else words


def _conflicts(heading: str, conflicts: Iterable[Conflict]) -> str:
    lines = [f"- {_code(f'{each.name} {each.version}')}: {_code(each.reason)}" for each in conflicts]
    return "\n".join([heading, "", *lines]) if lines else ""


def _unchecked(comparison: Comparison) -> str:
    left = unchecked(comparison)
    return f"Not checked: {_code(left)}" if left else ""


def _sides(comparison: Comparison) -> str:
    """What was asked for and run, and every version that differs."""
    old, new = comparison.before, comparison.after
    rows = [
        ("asked for", _code(old.pins.source), _code(new.pins.source)),
        ("Starlette", _code(old.release), _code(new.release)),
        ("Python", *(_code(side.python) if side.python else "could not be built" for side in (old, new))),
    ]
    steps = [step for step in comparison.steps if step.name != "starlette"]
    rows += [(_code(each.name), *(_code(v) if v else "none" for v in (each.before, each.after))) for each in steps]
    return _table(("", "before", "after"), rows)


def _details(finding: Finding) -> str:
    """What both sides showed, folded away."""
    lines = [f"before: Starlette {finding.before.release}: {seen(finding.before)}"]
    lines += [f"after: Starlette {finding.after.release}: {seen(finding.after)}"]
    summary = f"Evidence: {finding.case.name}, {finding.check}, {CHANGES[finding.change]}"
    return _folded(summary, lines)


def _installed(comparison: Comparison) -> str:
    sides = (("before", comparison.before), ("after", comparison.after))
    return _folded("Installed", [f"{name}: {' '.join(side.freeze) or 'nothing'}" for name, side in sides])


def _folded(summary: str, lines: Iterable[str]) -> str:
    """A block of *lines*, which nothing in it can close: that takes a line of its own."""
    body = "\n".join(["```text", *(plain(line) for line in lines), "```"])
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def lines() -> Iterator[str]:
        for cells in (headings, ["---"] * len(headings), *rows):
            yield f"| {' | '.join(cells)} |"

    return "\n".join(lines())


def _code(text: str) -> str:
    return f"<code>{_escaped(text)}</code>"


def _prose(text: str) -> str:
    """A case's own words. A mark that begins a mention or a reference is parted from what follows."""
    return re.sub("(&#(?:35|64);)", r"\1&#8203;", _escaped(text))


def _escaped(text: str) -> str:
    return "".join(c if c.isalnum() or c in " .,/=-" else f"&#{ord(c)};" for c in plain(text))
