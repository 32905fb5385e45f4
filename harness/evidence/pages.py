"""The measured ranges in a case's README: a table out of its evidence, between two lines that mark its place."""

import re
from collections.abc import Iterator
from itertools import groupby

from harness.catalogue.case import Case, Check
from harness.evidence.document import Document
from harness.judgement.vocabulary import Verdict
from harness.support.errors import UserError

BEGIN = "<!-- measured: begin, written by nox -s sweep -->"
END = "<!-- measured: end -->"
# The order in which a reader wants to know.
_ORDER = (
    Verdict.AFFECTED,
    Verdict.FLAKY,
    Verdict.INCONCLUSIVE,
    Verdict.UNAVAILABLE,
    Verdict.NOT_APPLICABLE,
    Verdict.UNAFFECTED,
)


def readme_with_ranges(case: Case, document: Document) -> str:
    """The text of the README of *case*, with what *document* measured in its place.

    Raises:
        UserError: the README does not mark the place exactly once.
    """
    return with_ranges((case.directory / "README.md").read_text(encoding="utf-8"), document)


def with_ranges(readme: str, document: Document) -> str:
    """*readme* with the table of *document* between the lines that mark its place.

    Raises:
        UserError: *readme* does not mark the place exactly once.
    """
    lines = readme.split("\n")
    where = f"cases/{document['case']}/README.md"
    for marker in (BEGIN, END):
        if (times := lines.count(marker)) != 1:
            raise UserError(f"{where}: the line {marker} is there {times} times; write it once, on a line of its own")
    begin, end = lines.index(BEGIN), lines.index(END)
    if end < begin:
        raise UserError(f"{where}: the line {END} is above {BEGIN}; swap them")
    return "\n".join([*lines[: begin + 1], *_block(document), *lines[end:]])


def _block(document: Document) -> Iterator[str]:
    profiles, tools = document["profiles"], document["tools"]
    run = " and ".join(f"{len(found['releases'])} releases under `{name}`" for name, found in profiles.items())
    used = ", ".join(f"{name} {tools[name.lower()]}" for name in ("Python", "mypy") if name.lower() in tools)
    yield from ("", f"Measured as of {document['as_of']} with {used}: {run}.")
    yield "What could not be told inside an affected range has a line of its own."
    yield from ("", "| program | dependencies | releases | verdict |", "| --- | --- | --- | --- |")
    rows: dict[tuple[Verdict, str, str, str], list[str]] = {}
    for profile, found in profiles.items():
        for check in (check for check in (Check.REPRO, Check.TYPING) if found[check]["tells"]):
            for verdict, releases, said in _findings(found, check):
                rows.setdefault((verdict, check, releases, said), []).append(f"`{profile}`")
    for row in sorted(rows, key=lambda row: _ORDER.index(row[0])):
        verdict, program, releases, said = row
        yield f"| {program} | {', '.join(rows[row])} | {releases} | `{verdict}`{said} |"
    yield ""


def _findings(found: Document, check: Check) -> Iterator[tuple[Verdict, str, str]]:
    """Verdict, releases and what is to be said of it: each affected range, and what the other releases are."""
    for interval in found[check]["intervals"]:
        fixed = f"fixed in {interval['fixed']}" if interval["fixed"] else "not fixed"
        yield Verdict.AFFECTED, _range(interval["introduced"], interval["last_affected"]), f", {fixed}"
    ranges: dict[tuple[Verdict, str], list[str]] = {}
    for (verdict, said), group in groupby(found["releases"], key=lambda release: _meaning(release, check)):
        releases = [release["release"] for release in group]
        ranges.setdefault((verdict, said), []).append(_range(releases[0], releases[-1]))
    for (verdict, said), each in ranges.items():
        if verdict is not Verdict.AFFECTED:
            yield verdict, ", ".join(each), said


def _meaning(release: Document, check: Check) -> tuple[Verdict, str]:
    """The verdict of a release and why, in words that are the same for its like."""
    verdict, evidence = Verdict(release[check]), release["evidence"][check]
    if verdict in (Verdict.AFFECTED, Verdict.UNAFFECTED):
        return verdict, ""
    if verdict is Verdict.NOT_APPLICABLE:
        return verdict, f": `{evidence.partition(':')[0]}`"
    said = re.sub(r" \([^()]*:\d+\)$", "", evidence)
    return verdict, ": `{}`".format(re.sub(r"\s+", " ", said).replace("`", "'").replace("|", r"\|"))


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"
