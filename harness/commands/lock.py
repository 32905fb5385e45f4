"""Pin what the cases run in, by hash: everything and the releases that are new, or only what a new case needs."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from harness.catalogue.loading import load_catalogue
from harness.catalogue.selection import select
from harness.environments.locks import TOOLS_LOCK, Locks, read_locks
from harness.pinning.locks import merged, midnight, named, resolve, script_block, texts, tool_locks
from harness.pinning.releases import ask_index, dump
from harness.releases.index import Index, load_index
from harness.releases.profiles import load_profiles
from harness.runs.workspace import Workspace
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.files import refuse_unwritable_folder, write_whole
from harness.support.paths import CASES, LOCKS, RELEASES, ROOT


def main(arguments: Sequence[str]) -> Exit:
    """Write the locks, and without --case `evidence/releases.json`; nothing, where something cannot be resolved."""
    parser = argparse.ArgumentParser(prog="nox -s lock --", description=__doc__)
    parser.add_argument("--case", action="append", default=[], metavar="NAME", help="pin only what this case adds")
    options = parser.parse_args(arguments)
    refuse_unwritable_folder("nox -s lock", LOCKS)
    known = _known()
    files = _added(options.case, known) if options.case else _everything(known)
    for path, text in files.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            write_whole(path, text)
            print(path.relative_to(ROOT))
    return Exit.AS_EXPECTED


def _known() -> Locks | None:
    try:
        return read_locks(LOCKS)
    except UserError:
        return None


def _added(names: Sequence[str], known: Locks | None) -> dict[Path, str]:
    """The locks with what these cases need beside what is there."""
    workspace = _workspace(load_index(RELEASES))
    if known is None or known.as_of != workspace.index.as_of:
        raise UserError("--case: the locks are not of the day in evidence/releases.json; write them all: nox -s lock")
    cases = select(workspace.cases, names)
    found = resolve(cases, workspace.releases, workspace.resolver(universal=True), known)
    new = list(named(found, known))
    print(f"{len(new)} of {len(found.environments)} environments of {', '.join(case.name for case in cases)} are new")
    return {LOCKS / name: text for name, text in texts(merged(found, known), known.as_of).items()}


def _everything(known: Locks | None) -> dict[Path, str]:
    """Every lock, and the releases: those last, so that a run that ends in between leaves what fits together."""
    before = load_index(RELEASES) if RELEASES.is_file() else None
    index = ask_index(midnight(), before)
    tools = {LOCKS / name: text for name, text in tool_locks(ROOT / "pyproject.toml", index.as_of).items()}
    noxfile = ROOT / "noxfile.py"
    block = {noxfile: script_block(noxfile.read_text(encoding="utf-8"), tools[LOCKS / TOOLS_LOCK])}
    workspace = _workspace(index)
    # What was resolved as of a release's own day stays as it is; what is as of the index's day is asked again.
    kept = None
    if known is not None:
        dated = {name: pins for name, pins in known.environments.items() if _is_of_a_day(name)}
        kept = replace(known, environments=dated)
    found = resolve(workspace.cases, workspace.releases, workspace.resolver(universal=True), kept)
    print(f"{len(index.releases)} releases, {len(found.environments)} environments")
    locks = {LOCKS / name: text for name, text in texts(found, index.as_of).items()}
    return tools | block | locks | {RELEASES: dump(index)}


def _is_of_a_day(name: str) -> bool:
    """Whether the name of an environment says its day: `0.12.7 period 2019-08-17`."""
    return len(name.partition(" + ")[0].split()) == 3


def _workspace(index: Index) -> Workspace:
    profiles = load_profiles(CASES / "profiles.toml")
    return Workspace(index, profiles, load_catalogue(CASES, index, profiles))
