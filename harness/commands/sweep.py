"""Run every case on every release, and write what was measured to evidence/."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from harness.catalogue import load_catalogue, select
from harness.exits import Exit
from harness.index import Profile
from harness.sweeping import sweep_all


def main(arguments: Sequence[str]) -> Exit:
    """Sweep, or the part of a sweep that is asked for."""
    parser = argparse.ArgumentParser(prog="nox -s sweep --", description=__doc__)
    parser.add_argument("--case", action="append", default=[], metavar="NAME", help="only this case; repeatable")
    parser.add_argument("--releases", default="..", metavar="A..B", help="only these, e.g. 0.12.0..0.13.0 or 1.9.0..")
    parser.add_argument("--profile", action="append", type=Profile, choices=list(Profile), help="only this profile")
    parser.add_argument(
        "--shard", default="1/1", metavar="I/N", help="only this part, for a matrix; writes no evidence"
    )
    parser.add_argument("--merge", nargs="+", type=Path, metavar="FILE", help="observe nothing; read records of shards")
    parser.add_argument("--verify", action="store_true", help="write nothing; say which lines of the evidence differ")
    options = parser.parse_args(arguments)
    return sweep_all(
        cases=select(load_catalogue(), options.case),
        profiles=options.profile or list(Profile),
        releases=options.releases,
        shard=options.shard,
        merge=options.merge,
        verify=options.verify,
    )
