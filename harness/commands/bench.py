"""Time the cases and the sweep against other ways to learn the same, and how each command grows."""

import argparse
from collections.abc import Sequence

from benchmarks import cases, scale, sweep
from harness.support.errors import UserError
from harness.support.exits import Exit

_SUBJECTS = {"cases": cases.compare, "sweep": sweep.compare, "scale": scale.compare}


def main(arguments: Sequence[str]) -> Exit:
    """Print the ratios."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="runs of each, in turns (default: 3)")
    parser.add_argument("--only", choices=_SUBJECTS, help="only these (default: all)")
    options = parser.parse_args(arguments)
    if options.rounds < 1:
        raise UserError(f"--rounds {options.rounds}: at least one round is needed")
    for name, compare in _SUBJECTS.items():
        if options.only in (None, name):
            compare(options.rounds)
    return Exit.AS_EXPECTED
