"""Hold the ledger against the release notes: what is missing, and how much of it is executed."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from harness.environments.locks import read_locks
from harness.ledger.ledger import Comparison, WhyNot, compare, read_ledger
from harness.ledger.notes import fetch_notes, read_bullets
from harness.reports.printable import printable
from harness.runs.workspace import open_workspace
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.files import read_whole
from harness.support.invocation import prog
from harness.support.paths import CASES, LOCKS


def main(arguments: Sequence[str]) -> Exit:
    """Print what is missing, what names no case, and the share that is executed."""
    parser = argparse.ArgumentParser(prog=prog("ledger"), description=__doc__)
    parser.add_argument(
        "--next", type=int, nargs="?", const=10, metavar="N", help="propose N fixes to write a case for"
    )
    parser.add_argument("--notes", type=Path, metavar="FILE", help="the release notes, instead of asking the index")
    options = parser.parse_args(arguments)
    workspace = open_workspace()
    hashes = read_locks(LOCKS).hashes.get(f"starlette=={workspace.index.newest}", ())
    notes = _notes(options.notes) if options.notes else fetch_notes(workspace.index, hashes)
    bullets = tuple(read_bullets(notes))
    found = compare(read_ledger(CASES / "ledger.toml"), bullets, {case.name for case in workspace.cases})
    if options.next:
        texts = {(each.release, each.place): each for each in bullets}
        wanted = [entry for entry in found.entries if entry.reason is WhyNot.OPEN]
        for entry in wanted[: options.next]:
            text = texts[entry.key].text if entry.release else ""
            print(printable(f"{entry.name}: {entry.fix or 'no number'}: {text}"))
        return Exit.AS_EXPECTED
    _show(found, [*found.by_area(workspace.cases)])
    return Exit.DIFFERS if found.problems else Exit.AS_EXPECTED


def _notes(path: Path) -> str:
    try:
        return read_whole(path)
    except (OSError, ValueError) as error:
        raise UserError(f"--notes {path}: it cannot be read: {error}; name a text file") from None


def _show(found: Comparison, areas: Sequence[tuple[str, int]]) -> None:
    for problem in found.problems:
        print(printable(problem))
    for minor, executed, total in found.by_release():
        print(f"{minor:>10} {executed:4} of {total:3}")
    print("by area: " + ", ".join(f"{area} {count}" for area, count in areas))
    reasons = {reason: sum(entry.reason is reason for entry in found.entries) for reason in WhyNot}
    print("without a case: " + ", ".join(f"{reason} {count}" for reason, count in reasons.items() if count))
    print(f"{found.executed} of {len(found.entries)} documented fixes are executed: {found.share:.0%}")
