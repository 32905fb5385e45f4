"""What an environment has, for GitHub Actions: annotations beside the code that uses it, or the environment."""

from pathlib import Path

from harness.catalogue.case import Kind
from harness.check.findings import Checked
from harness.check.formats.sarif import place
from harness.check.formats.wording import evidence
from harness.reports.formats.github import annotation
from harness.reports.formats.wording import address
from harness.touches.wording import place as used

_COMMANDS = {Kind.SECURITY: "error", Kind.BUG: "warning", Kind.BEHAVIOUR: "notice"}


def annotations(checked: Checked, here: Path) -> str:
    """Workflow commands, one in a line, for what is there and what could not be told."""
    at = place(checked, here)
    return "".join(
        annotation(
            _COMMANDS[each.case.kind] if each.is_there else "warning",
            f"Starlette {each.case.kind} {each.case.label}: {each.row.verdict}",
            f"{each.case.title}: {evidence(each)}; see {address(each.case)}",
            used(each.touch, here) or at,
            each.waiver,
        )
        for each in (*checked.there, *checked.untold)
    )
