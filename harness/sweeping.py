"""The command behind `nox -s sweep`: which part of the sweep, how far it is, and what becomes of it."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from harness import osv
from harness.case import Case, Check
from harness.catalogue import load_catalogue
from harness.environment import Builder
from harness.errors import UserError
from harness.evidence import differing, document, dump, load, lost
from harness.exits import Exit
from harness.files import write_whole
from harness.index import Index, Profile, load_index
from harness.paths import CACHE, EVIDENCE, REPORTS
from harness.plan import Target
from harness.ranges import readme_with_ranges
from harness.record import Row, read_record, write_record
from harness.store import Store
from harness.sweep import Sweep, targets


def sweep_all(
    cases: Sequence[Case],
    profiles: Sequence[Profile],
    releases: str,
    shard: str,
    merge: Sequence[Path] | None,
    *,
    verify: bool,
) -> Exit:
    """Sweep, or read what shards swept; then write the evidence, or hold it against what is committed.

    Raises:
        UserError: a part that there is not was asked for, or a record cannot be read.
    """
    index = load_index()
    number, count = _shard(shard)
    if merge:
        rows = _merged(merge)
    else:
        wanted = _part(targets(index, profiles, *_range(releases, index)), number, count)
        rows = _sweep(cases, wanted)
        record = REPORTS / (f"sweep-{number}-of-{count}.jsonl" if count > 1 else "sweep.jsonl")
        write_record(record, "nox -s sweep", rows)
        if count > 1:
            print(f"{record.name}: {len(rows)} observations; merge the shards with: nox -s sweep -- --merge …")
            return Exit.AS_EXPECTED
    return _keep(cases, rows, index, verify=verify)


def _sweep(cases: Sequence[Case], wanted: Sequence[Target]) -> tuple[Row, ...]:
    with _progress(len(wanted)) as done:
        return Sweep(cases, load_catalogue(), Builder(), Store(CACHE / "observations")).run(wanted, done)


def _merged(records: Sequence[Path]) -> tuple[Row, ...]:
    """The rows of every shard; a release that borders on two of them is in both.

    Raises:
        UserError: two shards do not agree.
    """
    found: dict[tuple[str, Check, str, Profile | None], Row] = {}
    for row in [row for path in records for row in read_record(path)]:
        first = found.setdefault((row.case, row.check, row.release, row.profile), row)
        if first.verdict is not row.verdict:
            seen = f"{first.verdict} in one and {row.verdict} in another"
            raise UserError(f"--merge: {row.name} {row.profile} is {seen}; sweep it again with --releases")
    return tuple(found.values())


def _keep(cases: Sequence[Case], rows: Sequence[Row], index: Index, *, verify: bool) -> Exit:
    """Write what is generated about *cases*, or only say where it differs from what is committed."""
    measured = f"{len({(row.release, row.profile) for row in rows})} of {2 * len(index.releases)} environments"
    if gone := sorted({each for case in cases for each in lost(rows, load(EVIDENCE / f"{case.name}.json"))}):
        print(f"Nothing is written: what the evidence has a verdict of could not be built: {', '.join(gone)}")
        return Exit.NOT_OBSERVED
    generated = [each for case in cases for each in _generated(case, rows, index)]
    if verify:
        lines = [line for path, text in generated for line in differing(path, text)]
        print("\n".join(lines) if lines else f"The committed evidence holds, measured in {measured}.")
        return Exit.DIFFERS if lines else Exit.AS_EXPECTED
    for path, text in generated:
        write_whole(path, text)
    print(f"{len(rows)} observations in {measured}; evidence written for {', '.join(case.name for case in cases)}")
    print("The page and the picture of it: nox -s report")
    return Exit.AS_EXPECTED


def _generated(case: Case, rows: Sequence[Row], index: Index) -> Iterator[tuple[Path, str]]:
    """Every file that is made from what was measured of *case*, with its text."""
    evidence = EVIDENCE / f"{case.name}.json"
    found = document(case, rows, index, load(evidence))
    yield evidence, dump(found)
    yield (
        EVIDENCE / "osv" / f"{case.facts.issue}.json",
        osv.dump(osv.to_osv(case, found)),
    )
    yield case.directory / "README.md", readme_with_ranges(case, found)


def _range(text: str, index: Index) -> tuple[str | None, str | None]:
    """Read A..B; either end may be left open."""
    match = re.fullmatch(r"([^.].*?)?\.\.([^.].*)?", text)
    if not match:
        raise UserError(f"--releases {text}: write A..B, e.g. 0.12.0..0.13.0, or leave an end open: 1.9.0..")
    first, last = match[1], match[2]
    if unknown := [end for end in (first, last) if end is not None and end not in index]:
        raise UserError(f"--releases {text}: {' and '.join(unknown)} is not on the index; see evidence/releases.json")
    return first, last


def _shard(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", text)
    if not match or int(match[1]) > int(match[2]):
        raise UserError(f"--shard {text}: write I/N with I from 1 to N, e.g. 2/4")
    return int(match[1]), int(match[2])


def _part(wanted: Sequence[Target], number: int, count: int) -> Sequence[Target]:
    """A run of neighbours, one more on each side: a change at the seam is seen, and repeated, from both."""
    first, last = (len(wanted) * (number - 1)) // count, (len(wanted) * number) // count
    return wanted[max(0, first - 1) : last + 1] if count > 1 else wanted


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Target], None]]:
    """Yield what is called after each target: a bar on a terminal, now and then a line elsewhere."""
    if sys.stderr.isatty():
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        with Progress(*columns, transient=True) as bar:
            task = bar.add_task("sweep", total=total)
            yield lambda target: bar.update(task, advance=1, description=f"{target.release} {target.profile}")
        return
    count = 0

    def say(target: Target) -> None:
        nonlocal count
        count += 1
        if count == total or count % max(1, total // 10) == 0:
            print(f"{count}/{total} environments, {target.release} {target.profile}", flush=True)

    yield say
