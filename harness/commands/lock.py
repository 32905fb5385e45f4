"""Ask the index for new releases and pin every environment again, by hash."""

import argparse
from collections.abc import Sequence

from harness.pinning.locks import write_locks
from harness.support.exits import Exit


def main(arguments: Sequence[str]) -> Exit:
    """Write `evidence/releases.json` and the locks."""
    argparse.ArgumentParser(prog="nox -s lock --", description=__doc__).parse_args(arguments)
    write_locks()
    return Exit.AS_EXPECTED
