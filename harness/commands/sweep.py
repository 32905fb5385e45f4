"""Run every case on every release, and write what was measured to evidence/."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from harness.catalogue.selection import select
from harness.commands.arguments import add_selection
from harness.evidence.document import measured_profiles
from harness.runs.workspace import Workspace, open_workspace
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.invocation import prog
from harness.support.paths import INSTALLED
from harness.sweep.parts import Part, merge_shards, sweep_part


def main(arguments: Sequence[str]) -> Exit:
    """Sweep, or the part of a sweep that is asked for."""
    parser = argparse.ArgumentParser(prog=prog("sweep"), description=__doc__)
    add_selection(parser)
    parser.add_argument("--releases", metavar="A..B", help="only these, e.g. 0.12.0..0.13.0 or 1.9.0..")
    parser.add_argument("--profile", action="append", metavar="NAME", help="only this profile; repeatable")
    parser.add_argument("--shard", metavar="I/N", help="only this part, for a matrix; writes no evidence")
    parser.add_argument("--merge", nargs="+", type=Path, metavar="FILE", help="observe nothing; read records of shards")
    parser.add_argument(
        "--verify", action="store_true", help="observe anew, write nothing; say which lines of the evidence differ"
    )
    options = parser.parse_args(arguments)
    if INSTALLED and not (options.verify or options.shard):
        raise UserError("sweep: evidence is written in a checkout, and this is an installed package; give --verify")
    workspace = open_workspace()
    if options.merge:
        part = ("case", "only", "releases", "profile", "shard")
        if given := [f"--{name}" for name in part if getattr(options, name)]:
            raise UserError(f"--merge: {' and '.join(given)} cannot be given with it; the records say what they are of")
        return merge_shards(options.merge, workspace, verify=options.verify)
    if options.verify and options.shard:
        raise UserError("--verify: a shard holds nothing against the evidence; give --verify to the --merge of all")
    return sweep_part(_part(options, workspace), workspace, verify=options.verify)


def _part(options: argparse.Namespace, workspace: Workspace) -> Part:
    cases = select(workspace.cases, options.case, options.only)
    measured = list(dict.fromkeys(name for case in cases for name in measured_profiles(case)))
    unknown = [name for name in options.profile or () if name not in measured]
    if unknown:
        raise UserError(
            f"--profile {unknown[0]}: these cases are measured under {', '.join(measured)}; name one of them"
        )
    profiles = [name for name in measured if not options.profile or name in options.profile]
    return Part(cases, profiles, options.releases or "..", options.shard or "1/1")
