"""The command behind `nox -s sweep`: which part of the sweep, and what becomes of it."""

import hashlib
import re
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from harness.catalogue.case import Case
from harness.catalogue.selection import select
from harness.evidence.committed import load_known
from harness.evidence.publish import ended, publish
from harness.releases.index import Index, parse_version
from harness.reports.progress import progress
from harness.runs.record import read_header, read_record, start_record, write_record
from harness.runs.run import Runner
from harness.runs.store import Store
from harness.runs.workspace import Workspace
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.files import refuse_unwritable_folder
from harness.support.paths import EVIDENCE, REPORTS
from harness.sweep.sweep import Place, Sweep, places

COMMAND = "nox -s sweep"


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a whole sweep: `releases` as A..B, `shard` as I/N."""

    cases: Sequence[Case]
    profiles: Sequence[str]
    releases: str = ".."
    shard: str = "1/1"

    def about(self, index: Index) -> dict[str, object]:
        """What the records of all shards of one sweep have in common, for their headers."""
        digest = hashlib.sha256()
        for file in [file for case in self.cases for file in sorted(case.directory.glob("*.*"))]:
            digest.update(file.name.encode() + file.read_bytes() if file.suffix in (".py", ".toml") else b"")
        return {
            "cases": [case.name for case in self.cases],
            "programs": digest.hexdigest()[:16],
            "profiles": list(self.profiles),
            "releases": self.releases,
            "as_of": f"{index.as_of:%Y-%m-%d}",
            "mypy": version("mypy"),
        }


def sweep_part(part: Part, workspace: Workspace, *, verify: bool) -> Exit:
    """Sweep a part; write the evidence of it, or hold it against what is committed; of a shard, write the record alone.

    To verify, everything is observed anew; otherwise what was observed before is taken as it is.

    Raises:
        UserError: there is no such part, or what is committed cannot be read.
    """
    index = workspace.index
    number, count = _shard(part.shard)
    wanted = places(index, part.profiles, *_range(part.releases, index))
    mine = wanted[len(wanted) * (number - 1) // count : len(wanted) * number // count]
    # Whatever is wrong with it is said before anything is run; a shard writes none.
    before = load_known(part.cases, index) if count == 1 else {}
    record = REPORTS / (f"sweep-{number}-of-{count}.jsonl" if count > 1 else "sweep.jsonl")
    start_record(record, COMMAND)
    if count == 1 and not verify:
        refuse_unwritable_folder("nox -s sweep", EVIDENCE)
    folder = tempfile.TemporaryDirectory() if verify else nullcontext(None)
    run, own = _with_neighbours(wanted, mine), {(place.release, place.profile) for place in mine}
    with folder as fresh, progress(len(run)) as done:
        store = Store(Path(fresh) / "observations.sqlite") if fresh else workspace.store()
        sweep = Sweep(part.cases, workspace.releases, Runner(workspace.builder(), store))
        rows = [row for row in sweep.run(run, done) if (row.release, row.profile) in own]
    write_record(record, COMMAND, rows, part.about(index) | {"shard": number, "shards": count})
    if count == 1:
        return publish(part.cases, rows, workspace, before, verify=verify)
    print(f"{record.name}: {len(rows)} observations; merge the shards with: nox -s sweep -- --merge …")
    return ended(rows)


def merge_shards(records: Sequence[Path], workspace: Workspace, *, verify: bool) -> Exit:
    """Write, or verify, the evidence of a sweep whose shards were run apart.

    Raises:
        UserError: these are not all the shards of one sweep, each once.
    """
    rows = [row for path in records for row in read_record(path)]
    headers = [read_header(path) for path in records]
    first = {key: value for key, value in headers[0].items() if key != "shard"}
    for path, header in zip(records, headers, strict=True):
        if header["command"] != COMMAND or "shards" not in header:
            raise UserError(f"--merge {path}: it is of {header['command']}; name the records of a sweep's shards")
        other = [key for key in header if key != "shard" and header[key] != first.get(key)]
        if other:
            raise UserError(f"--merge {path}: it is of another sweep than {records[0]}: {', '.join(other)} differ")
    numbers = sorted(header["shard"] for header in headers)
    if numbers != list(range(1, int(first["shards"]) + 1)):
        listed = ", ".join(map(str, numbers))
        raise UserError(f"--merge: the shards here are {listed} of {first['shards']}; name each of them once")
    part = Part(select(workspace.cases, first["cases"]), first["profiles"], first["releases"])
    changed = [key for key, value in part.about(workspace.index).items() if value != first[key]]
    if changed:
        raise UserError(f"--merge: {', '.join(changed)} differ from what this checkout has; sweep again here")
    return publish(part.cases, rows, workspace, load_known(part.cases, workspace.index), verify=verify)


def _with_neighbours(wanted: Sequence[Place], mine: Sequence[Place]) -> Sequence[Place]:
    """One more on each side: a change at the seam of two shards is seen, and repeated, from both."""
    if not mine:
        return mine
    return wanted[max(0, wanted.index(mine[0]) - 1) : wanted.index(mine[-1]) + 2]


def _range(text: str, index: Index) -> tuple[str | None, str | None]:
    """Read A..B; either end may be left open."""
    match = re.fullmatch(r"([^.].*?[^.])?\.\.([^.].*)?", text)
    if not match:
        raise UserError(f"--releases {text}: write A..B, e.g. 0.12.0..0.13.0, or leave an end open: 1.9.0..")
    first, last = match[1], match[2]
    if unknown := [end for end in (first, last) if end is not None and end not in index]:
        raise UserError(f"--releases {text}: {' and '.join(unknown)} is not on the index; see evidence/releases.json")
    if first and last and parse_version(first) > parse_version(last):
        raise UserError(f"--releases {text}: {first} is newer than {last}; write the older one first")
    return first, last


def _shard(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", text)
    if not match or int(match[1]) > int(match[2]):
        raise UserError(f"--shard {text}: write I/N with I from 1 to N, e.g. 2/4")
    return int(match[1]), int(match[2])
