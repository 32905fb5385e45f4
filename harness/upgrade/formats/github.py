"""A comparison for GitHub Actions: the step's summary, and annotations beside the lines of the lock file."""

from pathlib import Path

from harness.upgrade.comparison import Change, Comparison, Finding
from harness.upgrade.formats import markdown
from harness.upgrade.formats.wording import Place, change, evidence, number, page, place, plain

_COMMANDS = {
    Change.INTRODUCED: "error",
    Change.STILL_PRESENT: "warning",
    Change.UNTOLD: "warning",
    Change.FIXED: "notice",
}


def summary(comparison: Comparison) -> str:
    """What is to be appended to the file in `GITHUB_STEP_SUMMARY`."""
    return f"{markdown.write(comparison)}\n"


def annotations(comparison: Comparison, here: Path) -> str:
    """Workflow commands, one in a line, for what changes and what is there; files are named relative to *here*."""
    at = place(comparison, here)
    return "".join(_annotation(each, at) for each in comparison.findings if each.change in _COMMANDS)


def fence(token: str) -> tuple[str, str]:
    """The lines between which GitHub obeys nothing that is printed; *token* must not be known to what is printed."""
    return f"::stop-commands::{token}", f"::{token}::"


def _annotation(finding: Finding, at: Place | None) -> str:
    waiver = finding.waived
    waived = f"; waived until {waiver.expires}: {waiver.reason}" if waiver else ""
    title = f"Starlette bug {number(finding.after)}: {change(finding)}"
    properties = ({"file": plain(str(at.file)), "line": str(at.line)} if at else {}) | {"title": title}
    stated = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = f"{finding.case.title}: {evidence(finding)}; see {page(finding.case)}{waived}"
    return f"::{'notice' if waiver else _COMMANDS[finding.change]} {stated}::{_data(plain(message))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
