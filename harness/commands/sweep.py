"""Run every case on every release, and write what was measured to evidence/."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from harness.catalogue.loading import load_catalogue, select
from harness.releases.index import Profile
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.sweep.parts import Part, merge_shards, sweep_part


def main(arguments: Sequence[str]) -> Exit:
    """Sweep, or the part of a sweep that is asked for."""
    parser = argparse.ArgumentParser(prog="nox -s sweep --", description=__doc__)
    part = [
        parser.add_argument("--case", action="append", metavar="NAME", help="only this case; repeatable"),
        parser.add_argument("--releases", metavar="A..B", help="only these, e.g. 0.12.0..0.13.0 or 1.9.0.."),
        parser.add_argument(
            "--profile", action="append", type=Profile, choices=list(Profile), help="only this profile"
        ),
        parser.add_argument("--shard", metavar="I/N", help="only this part, for a matrix; writes no evidence"),
    ]
    parser.add_argument("--merge", nargs="+", type=Path, metavar="FILE", help="observe nothing; read records of shards")
    parser.add_argument(
        "--verify", action="store_true", help="observe anew, write nothing; say which lines of the evidence differ"
    )
    options = parser.parse_args(arguments)
    if options.merge:
        if given := [each.option_strings[0] for each in part if getattr(options, each.dest)]:
            raise UserError(f"--merge: {' and '.join(given)} cannot be given with it; the records say what they are of")
        return merge_shards(options.merge, verify=options.verify)
    if options.verify and options.shard:
        raise UserError("--verify: a shard holds nothing against the evidence; give --verify to the --merge of all")
    asked = Part(
        select(load_catalogue(), options.case or ()),
        list(dict.fromkeys(options.profile or Profile)),
        options.releases or "..",
        options.shard or "1/1",
    )
    return sweep_part(asked, verify=options.verify)
