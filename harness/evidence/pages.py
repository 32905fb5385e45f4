"""The measured ranges in a case's README: a table out of its evidence, between two lines that mark its place."""

import re
from collections.abc import Iterator

from harness.catalogue.case import Case, Check
from harness.evidence.document import Evidence, ProfileEvidence, Span
from harness.judgement.vocabulary import Verdict
from harness.support.errors import UserError

BEGIN = "<!-- measured: begin, written by nox -s sweep -->"
END = "<!-- measured: end -->"
# The order in which a reader wants to know.
ORDER = (
    Verdict.AFFECTED,
    Verdict.FLAKY,
    Verdict.INCONCLUSIVE,
    Verdict.UNAVAILABLE,
    Verdict.NOT_APPLICABLE,
    Verdict.UNAFFECTED,
)


def page_with_ranges(case: Case, evidence: Evidence) -> str:
    """The text of the README of *case*, with what was measured in its place.

    Raises:
        UserError: the README does not mark the place exactly once.
    """
    where = f"cases/{case.name}/README.md"
    return between_marks((case.directory / "README.md").read_text(encoding="utf-8"), where, _table(evidence))


def between_marks(text: str, where: str, lines: Iterator[str], begin: str = BEGIN, end: str = END) -> str:
    """*text* with *lines* between the two that mark their place.

    Raises:
        UserError: *text*, which is called *where*, does not mark the place exactly once.
    """
    written = text.split("\n")
    if written.count(begin) != 1 or written.count(end) != 1 or written.index(begin) > written.index(end):
        raise UserError(
            f"{where}: the place of what is generated is not marked; write once, on lines of their own: {begin} {end}"
        )
    return "\n".join([*written[: written.index(begin) + 1], *lines, *written[written.index(end) :]])


def _table(evidence: Evidence) -> Iterator[str]:
    pythons = sorted({found.python for found in evidence.profiles.values() if found.python})
    yield ""
    yield f"Measured as of {evidence.as_of} with CPython {' and '.join(pythons)} and mypy {evidence.mypy}."
    yield "What could not be told inside an affected range has a line of its own."
    yield from ("", "| program | dependencies | releases | verdict |", "| --- | --- | --- | --- |")
    rows: dict[tuple[Verdict, str, str, str], list[str]] = {}
    for profile, found in evidence.profiles.items():
        for check in evidence.discriminates:
            for verdict, releases, said in _findings(found, check):
                rows.setdefault((verdict, check, releases, said), []).append(f"`{profile}`")
    for row in sorted(rows, key=lambda row: ORDER.index(row[0])):
        verdict, program, releases, said = row
        yield f"| {program} | {', '.join(rows[row])} | {releases} | `{verdict}`{said} |"
    yield ""


def _findings(found: ProfileEvidence, check: Check) -> Iterator[tuple[Verdict, str, str]]:
    """Verdict, releases and what is to be said of it: each affected range, and what the other releases are."""
    for interval in found.intervals(check):
        fixed = f"fixed in {interval.fixed}" if interval.fixed else "not fixed"
        yield Verdict.AFFECTED, interval.spelled, f", {fixed}"
    ranges: dict[tuple[Verdict, str], list[Span]] = {}
    for span in found.programs[check]:
        if span.verdict is not Verdict.AFFECTED:
            ranges.setdefault((span.verdict, _meaning(span)), []).append(span)
    for (verdict, said), spans in ranges.items():
        yield verdict, ", ".join(each.spelled for each in spans), said


def _meaning(span: Span) -> str:
    """Why, in words that are the same for its like."""
    if span.verdict is Verdict.UNAFFECTED:
        return ""
    if span.verdict in (Verdict.NOT_APPLICABLE, Verdict.UNAVAILABLE):
        return f": `{span.reason}`"
    said = f"{span.reason}: {span.evidence}"
    return ": `{}`".format(re.sub(r"\s+", " ", said).replace("`", "'").replace("|", r"\|"))
