"""A comparison as GitHub's Markdown, fit to be pasted into a pull request."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from harness.reports.formats.markdown import code, folded, link, prose, table
from harness.reports.formats.wording import address, label, seen, titled
from harness.runs.row import Row
from harness.touches.wording import said as in_code
from harness.upgrade.comparison import SHOWN, Change, Comparison, Conflict, Finding
from harness.upgrade.formats.grouping import Bug, apart, bugs
from harness.upgrade.formats.wording import (
    CHANGES,
    PLAN,
    answer,
    basis,
    doubts,
    heading,
    plan,
    unchecked,
    where,
    workaround,
)

# Up to so many bugs that have changed alike have a row each, and so many findings are quoted with what they rest on.
_MOST = 12
# Of those that are new, more have.
_NEW = 20
_EVIDENCE = 6
_LONGEST = 500
# A comment of GitHub's has a size; of more bugs than these the number is no link.
_LINKED = 60


def write(comparison: Comparison) -> str:
    """The answer first, then what it rests on; what each side showed is folded away."""
    name = partial(_linked, {each.case.name: address(each.case) for each in comparison.findings})
    parts = [
        answer(comparison, name),
        basis(comparison),
        _conflicts("What is pinned beside it does not allow it:", comparison.conflicts),
        *(_group(change, bugs(comparison, change), name) for change in SHOWN),
        " ".join(where(comparison, name)),
        _plan(comparison),
        _workarounds(comparison),
        _unchecked(comparison),
        f"What was run, on {comparison.as_of}:",
        _sides(comparison),
        *(_details(finding) for finding in _quoted(comparison)),
        _installed(comparison),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _linked(addresses: dict[str, str], row: Row) -> str:
    return link(label(row), addresses[row.case])


def _group(change: Change, found: Sequence[Bug], name: partial[str]) -> str:
    """A row for each bug as long as these are few, else for each security bug; of the others the number."""
    if not found:
        return ""
    shown, others = apart(found, _NEW if change is Change.INTRODUCED else _MOST)
    words = f"{heading(change)}: {len(found)}"
    parts = [f"**{words}**" if change is Change.INTRODUCED else words]
    if shown:
        rows = ((bug.case.kind, name(bug.findings[0].after), _about(bug), bug.programs) for bug in shown)
        parts.append(table(("kind", "bug", "what it is", "program"), rows))
    if others:
        named = [name(bug.findings[0].after) for bug in others[:_LINKED]]
        named += [code(", ".join(bug.case.label for bug in others[_LINKED:]))] if others[_LINKED:] else []
        beside = f"{len(others)} others: " if shown else ""
        parts.append(f"{beside}{', '.join(dict.fromkeys(named))}")
    return "\n\n".join(parts)


def _about(bug: Bug) -> str:
    """What a bug is, and why it is waived or could not be told."""
    said = [prose(titled(bug.case)), *map(code, filter(None, [in_code(bug.findings[0].touch, Path.cwd())]))]
    for each in bug.findings:
        said += [code(f"{each.check} {doubt}") for doubt in doubts(each)]
        said += [f"waived until {waiver.expires}: {code(waiver.reason)}" for waiver in (each.waived,) if waiver]
    return "; ".join(dict.fromkeys(said))


def _quoted(comparison: Comparison) -> Sequence[Finding]:
    """Of what is shown what it rests on: of what is new first, and of no more than a few."""
    return [each for each in comparison.findings if each.change in (Change.INTRODUCED, Change.UNTOLD)][:_EVIDENCE]


def _conflicts(heading: str, conflicts: Iterable[Conflict]) -> str:
    lines = [f"- {code(f'{each.name} {each.version}')}: {code(each.reason)}" for each in conflicts]
    return "\n".join([heading, "", *lines]) if lines else ""


def _plan(comparison: Comparison) -> str:
    rows = [[code(cell) for cell in row] for row in plan(comparison)]
    return table(PLAN, rows) if len(rows) > 1 else ""


def _workarounds(comparison: Comparison) -> str:
    lines = [f"- {code(workaround(each))}" for each in comparison.workarounds]
    return "\n".join(["Workarounds that were run:", "", *lines]) if lines else ""


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
    sides = (("before", finding.before), ("after", finding.after))
    lines = [f"{name}: Starlette {row.release}: {seen(row)[:_LONGEST]}" for name, row in sides]
    summary = f"Evidence: {finding.case.name}, {finding.check}, {CHANGES[finding.change]}"
    return folded(summary, lines)


def _installed(comparison: Comparison) -> str:
    sides = (("before", comparison.before), ("after", comparison.after))
    return folded("Installed", [f"{name}: {' '.join(side.freeze) or 'nothing'}" for name, side in sides])
