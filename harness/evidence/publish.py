"""What is generated from a sweep: evidence, OSV entries, the tables in the cases' pages. Written, or held against."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.catalogue.case import Case
from harness.evidence import osv
from harness.evidence.document import Document, differing, document, dump, load, lost
from harness.evidence.pages import readme_with_ranges
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index
from harness.runs.record import Row
from harness.support.exits import Exit
from harness.support.files import write_whole
from harness.support.paths import EVIDENCE


def keep(cases: Sequence[Case], rows: Sequence[Row], index: Index, *, verify: bool) -> Exit:
    """Write what is generated about *cases*, or only say where it differs from what is committed."""
    if not rows:
        print("Nothing was measured, and nothing is written.")
        return Exit.NOT_OBSERVED
    measured = f"{len({(row.release, row.profile) for row in rows})} of {2 * len(index.releases)} environments"
    before = {case.name: load(EVIDENCE / f"{case.name}.json") for case in cases}
    if gone := sorted({each for case in cases for each in lost(case, rows, before[case.name])}):
        print("Nothing is written: what the evidence has a verdict of could not be built:", *gone, sep="\n  ")
        return Exit.NOT_OBSERVED
    generated = [each for case in cases for each in _generated(case, rows, index, before[case.name])]
    if verify:
        lines = [line for path, text in generated for line in differing(path, text)]
        print("\n".join(lines) if lines else f"The committed evidence holds, measured in {measured}.")
        return Exit.DIFFERS if lines else ended(rows)
    for path, text in generated:
        write_whole(path, text)
    print(f"{len(rows)} observations in {measured}; evidence written for {', '.join(case.name for case in cases)}")
    print("The page and the picture of it: nox -s report")
    return ended(rows)


def ended(rows: Sequence[Row]) -> Exit:
    """How a sweep with these rows ends: what could not be built, or disagrees with itself, is listed and no success."""
    doubtful = [row for row in rows if row.verdict in (Verdict.UNAVAILABLE, Verdict.FLAKY)]
    for row in doubtful:
        print(f"{row.name} {row.profile}: {row.verdict}: {row.evidence}")
    return Exit.NOT_OBSERVED if doubtful or not rows else Exit.AS_EXPECTED


def _generated(case: Case, rows: Sequence[Row], index: Index, before: Document | None) -> Iterator[tuple[Path, str]]:
    """Every file that is made from what was measured of *case*, with its text."""
    found = document(case, rows, index, before)
    yield EVIDENCE / f"{case.name}.json", dump(found)
    yield (
        EVIDENCE / "osv" / f"{case.facts.issue}.json",
        osv.dump(osv.to_osv(case, found)),
    )
    yield case.directory / "README.md", readme_with_ranges(case, found)
