"""Time the cases and the sweep against the plain way and against the floor, as ratios."""

import argparse
from collections.abc import Sequence

from harness.bench import compare
from harness.exits import Exit


def main(arguments: Sequence[str]) -> Exit:
    """Print the ratios."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="runs of each, in turns (default: 5)")
    options = parser.parse_args(arguments)
    compare(options.rounds)
    return Exit.AS_EXPECTED
