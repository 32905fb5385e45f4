"""A comparison for GitHub Actions: annotations beside the code that uses it, or the lock file's lines."""

from pathlib import Path

from harness.reports.formats.github import annotation
from harness.reports.formats.wording import Place, address, label
from harness.touches.wording import place as used
from harness.upgrade.comparison import Change, Comparison, Finding
from harness.upgrade.formats.wording import change, evidence, place

_COMMANDS = {
    Change.INTRODUCED: "error",
    Change.STILL_PRESENT: "warning",
    Change.UNTOLD: "warning",
    Change.FIXED: "notice",
}


def annotations(comparison: Comparison, here: Path) -> str:
    """Workflow commands, one in a line, for what changes and what is there; files are named relative to *here*."""
    at = place(comparison, here)
    return "".join(
        _annotation(each, used(each.touch, here) or at) for each in comparison.findings if each.change in _COMMANDS
    )


def _annotation(finding: Finding, at: Place | None) -> str:
    title = f"Starlette bug {label(finding.after)}: {change(finding)}"
    message = f"{finding.case.title}: {evidence(finding)}; see {address(finding.case)}"
    return annotation(_COMMANDS[finding.change], title, message, at, finding.waived)
