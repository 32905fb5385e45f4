"""What a sweep makes of its rows: evidence, OSV entries, the tables in the cases' pages. Written, or held against."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from harness.catalogue.case import Case
from harness.evidence import osv
from harness.evidence.committed import evidence_file
from harness.evidence.document import Evidence, differing, document, dump, lost
from harness.evidence.news import news
from harness.evidence.pages import page_with_ranges
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index
from harness.reports.printable import printable, unarmed
from harness.runs.row import Row
from harness.runs.workspace import Workspace
from harness.support.exits import Exit
from harness.support.files import write_whole


def publish(
    cases: Sequence[Case], rows: Sequence[Row], workspace: Workspace, before: Mapping[str, Evidence], *, verify: bool
) -> Exit:
    """Write what is generated about *cases*, or only say where it differs from what is committed.

    *before* is the evidence that there is already.
    """
    if not rows:
        print("Nothing was measured, and nothing is written.")
        return Exit.NOT_OBSERVED
    environments = len({(row.release, row.profile) for row in rows})
    own: dict[str, list[Row]] = {case.name: [] for case in cases}
    for row in rows:
        own[row.case].append(row)
    gone = {each for case in cases for each in lost(own[case.name], before.get(case.name), workspace.index)}
    if gone:
        print("Nothing is written: what the evidence has a verdict of could not be built:", *sorted(gone), sep="\n  ")
        return Exit.NOT_OBSERVED
    index, profiles = workspace.index, workspace.profiles
    found = {each: document(each, own[each.name], index, profiles, before.get(each.name)) for each in cases}
    generated = [each for case, evidence in found.items() for each in generate(case, evidence, index)]
    for line in [
        line for case, evidence in found.items() for line in news(case, evidence, before.get(case.name), index)
    ]:
        print(line)
    if verify:
        lines = [line for path, text in generated for line in differing(path, text)]
        print(
            unarmed("\n".join(lines))
            if lines
            else f"The committed evidence holds, measured in {environments} environments."
        )
        return Exit.DIFFERS if lines else ended(rows)
    for path, text in generated:
        write_whole(path, text)
    print(f"{len(rows)} observations in {environments} environments; evidence written for {len(cases)} cases.")
    print("The page, the picture and the tables of it: nox -s report")
    return ended(rows)


def generate(case: Case, evidence: Evidence, index: Index) -> Iterator[tuple[Path, str]]:
    """Every file that is made from what was measured of *case*, with its text."""
    yield evidence_file(case), dump(evidence)
    yield evidence_file(case).parent / "osv" / f"{case.name}.json", osv.dump(osv.to_osv(case, evidence, index))
    yield case.directory / "README.md", page_with_ranges(case, evidence)


def ended(rows: Sequence[Row]) -> Exit:
    """How a sweep with these rows ends: what could not be built, or disagrees with itself, is listed and no success."""
    doubtful = [row for row in rows if row.verdict in (Verdict.UNAVAILABLE, Verdict.FLAKY)]
    for row in doubtful[:20]:
        print(printable(f"{row.name}: {row.verdict}: {row.evidence}"))
    if len(doubtful) > 20:
        print(f"and {len(doubtful) - 20} more; the record has them all")
    return Exit.NOT_OBSERVED if doubtful or not rows else Exit.AS_EXPECTED
