"""A comparison as GitHub's Markdown, fit to be pasted into a pull request."""

from collections.abc import Iterable, Sequence
from functools import partial

from harness.reports.formats.markdown import code, folded, link, prose, table
from harness.reports.formats.wording import address, number, page, seen
from harness.runs.row import Row
from harness.upgrade.comparison import Change, Comparison, Conflict, Finding
from harness.upgrade.formats.wording import CHANGES, answer, change, nearest, unchecked


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
    return link(number(row), addresses[row.case])


def _findings(findings: Sequence[Finding], name: partial[str]) -> str:
    rows = ((f"{name(each.after)} {each.check}", _becomes(each), prose(each.case.title), f"`{page(each.case)}`")
            for each in findings)  # fmt: skip
    return table(("bug", "what becomes of it", "what it is", "page"), rows) if findings else ""


def _becomes(finding: Finding) -> str:
    words = f"**{change(finding)}**" if finding.change is Change.INTRODUCED else change(finding)
    waiver = finding.waived
    return f"{words}, waived until {waiver.expires}: {code(waiver.reason)}" if waiver else words


def _conflicts(heading: str, conflicts: Iterable[Conflict]) -> str:
    lines = [f"- {code(f'{each.name} {each.version}')}: {code(each.reason)}" for each in conflicts]
    return "\n".join([heading, "", *lines]) if lines else ""


def _unchecked(comparison: Comparison) -> str:
    left = unchecked(comparison)
    return f"Not checked: {code(left)}" if left else ""


def _sides(comparison: Comparison) -> str:
    """What was asked for and run, and every version that differs."""
    old, new = comparison.before, comparison.after
    rows = [
        ("asked for", code(old.pins.source), code(new.pins.source)),
        ("Starlette", code(old.release), code(new.release)),
        ("Python", *(code(side.python) if side.python else "could not be built" for side in (old, new))),
    ]
    steps = [step for step in comparison.steps if step.name != "starlette"]
    rows += [(code(each.name), *(code(v) if v else "none" for v in (each.before, each.after))) for each in steps]
    return table(("", "before", "after"), rows)


def _details(finding: Finding) -> str:
    """What both sides showed, folded away."""
    lines = [f"before: Starlette {finding.before.release}: {seen(finding.before)}"]
    lines += [f"after: Starlette {finding.after.release}: {seen(finding.after)}"]
    summary = f"Evidence: {finding.case.name}, {finding.check}, {CHANGES[finding.change]}"
    return folded(summary, lines)


def _installed(comparison: Comparison) -> str:
    sides = (("before", comparison.before), ("after", comparison.after))
    return folded("Installed", [f"{name}: {' '.join(side.freeze) or 'nothing'}" for name, side in sides])
