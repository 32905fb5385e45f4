"""How a case ended as an item of a test run, in the words that test runners share. Reads rows, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.catalogue.case import Case
from harness.judgement.vocabulary import Verdict
from harness.reports.printable import printable
from harness.runs.row import Row
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


def ended(case: Case, rows: Sequence[Row], waiver: Waiver | None) -> Item:
    """What *rows* of one environment mean for *case*.

    It fails where the bug is there, and where that could not be told, which a waiver turns into an expected failure;
    and where there is a waiver that neither needs. A deliberate change fails nothing.
    """
    there = [row for row in rows if row.verdict is Verdict.AFFECTED]
    untold = [row for row in rows if row.unobserved]
    if waiver and (there or untold):
        return Item(case.name, Outcome.WAIVED, f"{printable(waiver.reason)} (until {waiver.expires})")
    if waiver:
        said = f"waived, and not there: remove the waiver of {printable(waiver.case)}"
        return Item(case.name, Outcome.FAILED, said)
    if any(row.differs for row in there):
        return Item(case.name, Outcome.FAILED, _said(case, "has this bug", there))
    if untold:
        return Item(case.name, Outcome.FAILED, _said(case, "could not be told to be free of this bug", untold))
    if there:
        return Item(case.name, Outcome.SKIPPED, _said(case, "has this deliberate change", there))
    if all(row.verdict is Verdict.NOT_APPLICABLE for row in rows):
        return Item(case.name, Outcome.SKIPPED, "; ".join(dict.fromkeys(_why(row) for row in rows)))
    return Item(case.name, Outcome.PASSED)


def _said(case: Case, what: str, rows: Sequence[Row]) -> str:
    page = case.directory / "README.md"
    lines = [f"Starlette {rows[0].release} {what}: {case.label} {printable(case.title)}", *map(_why, rows)]
    return "\n  ".join([*lines, f"what it is, and what to do without upgrading: {page}"])


def _why(row: Row) -> str:
    return printable(": ".join(filter(None, (row.program, row.verdict, row.reason, row.evidence))))
