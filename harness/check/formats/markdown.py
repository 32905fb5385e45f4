"""What an environment has, as GitHub's Markdown, fit to be pasted into an issue."""

from collections.abc import Sequence
from pathlib import Path

from harness.catalogue.case import Case
from harness.check.findings import Checked, Finding
from harness.check.formats.wording import answer, evidence
from harness.reports.formats.markdown import code, folded, link, prose, table
from harness.reports.formats.wording import address
from harness.touches.wording import said

# A comment of GitHub's has a size: of so many findings, the gravest, what their programs saw is quoted.
_QUOTED = 20


def write(checked: Checked) -> str:
    """The answer first, then what is there and what could not be told; what was seen is folded away."""
    shown = (*checked.there, *checked.untold)
    environment = checked.environment
    parts = [
        answer(checked, _linked),
        _findings(shown),
        _evidence(shown),
        folded(
            f"Run on {checked.as_of}, with Python {environment.python}", [" ".join(environment.freeze) or "nothing"]
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _evidence(shown: Sequence[Finding]) -> str:
    """What programs saw, of no more than a few."""
    quoted = [f"{each.case.name}: {evidence(each)}" for each in shown[:_QUOTED]]
    more = [f"of {len(shown) - _QUOTED} more: --format json"] if len(shown) > _QUOTED else []
    return folded("What their programs saw", [*quoted, *more]) if shown else ""


def _linked(case: Case) -> str:
    return link(case.label, address(case))


def _findings(shown: Sequence[Finding]) -> str:
    if not shown:
        return ""
    rows = ((_linked(each.case), _verdict(each), each.case.kind, _what(each), ", ".join(each.case.aliases))
            for each in shown)  # fmt: skip
    headings = ("bug", "verdict", "kind", "what happens")
    # A column in which nothing would stand is left out.
    if any(each.case.aliases for each in shown):
        return table((*headings, "known as"), rows)
    return table(headings, (row[:-1] for row in rows))


def _what(finding: Finding) -> str:
    """What happens, and what the code has to do with it, where that was read."""
    in_code = said(finding.touch, Path.cwd())
    return f"{prose(finding.case.title)}; {code(in_code)}" if in_code else prose(finding.case.title)


def _verdict(finding: Finding) -> str:
    waiver = finding.waiver
    words = f"**{finding.row.verdict}**" if finding.is_there and not waiver else str(finding.row.verdict)
    if waiver:
        return f"{words}, waived until {waiver.expires}: {code(waiver.reason)}"
    return words if finding.is_told else f"{words}: {code(str(finding.row.reason))}"
