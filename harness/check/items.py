"""How a case ended as an item of a test run, in the words that test runners share. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.catalogue.case import Case
from harness.check.findings import Finding
from harness.judgement.vocabulary import Verdict
from harness.reports.formats.wording import page, seen
from harness.reports.printable import printable
from harness.waivers.waiver import Waiver


class Outcome(StrEnum):
    """What becomes of an item; `waived` is an expected failure."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Item:
    """A case, what becomes of it, and why, which is empty where it passed."""

    name: str
    outcome: Outcome
    said: str = ""


def ended(case: Case, own: Sequence[Finding], waiver: Waiver | None) -> Item:
    """What its *own* findings mean for *case*, which are of one environment, and for its *waiver*.

    It fails where the bug is there, and where that could not be told, which a waiver turns into an expected failure;
    and where there is a waiver that neither needs. A deliberate change fails nothing.
    """
    there = [each for each in own if each.is_there]
    untold = [each for each in own if not each.is_told]
    if waiver and (there or untold):
        return Item(case.name, Outcome.WAIVED, f"{printable(waiver.reason)} (until {waiver.expires})")
    if waiver:
        said = f"waived, and not there: remove the waiver of {printable(waiver.case)}"
        return Item(case.name, Outcome.FAILED, said)
    if any(each.fails(strict=False) for each in there):
        return Item(case.name, Outcome.FAILED, _said(case, "has this bug", there))
    if untold:
        return Item(case.name, Outcome.FAILED, _said(case, "could not be told to be free of this bug", untold))
    if there:
        return Item(case.name, Outcome.SKIPPED, _said(case, "has this deliberate change", there))
    if all(each.row.verdict is Verdict.NOT_APPLICABLE for each in own):
        return Item(case.name, Outcome.SKIPPED, "; ".join(dict.fromkeys(map(_why, own))))
    return Item(case.name, Outcome.PASSED)


def _said(case: Case, what: str, own: Sequence[Finding]) -> str:
    first = f"Starlette {own[0].row.release} {what}: {case.label} {printable(case.title)}"
    return "\n  ".join([first, *map(_why, own), f"what it is, and what to do without upgrading: {page(case)}"])


def _why(finding: Finding) -> str:
    return printable(f"{finding.row.program}: {seen(finding.row)}")
