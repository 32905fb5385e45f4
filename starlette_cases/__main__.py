"""`starlette-cases COMMAND`, also as `python -m starlette_cases`, and as a file that is run, in an isolated Python."""

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_INSTALLED = _HERE / "checkout"


def main() -> int:
    """Run the command that the command line names; returns its exit code."""
    # First, so that no package of the environment is taken for one of the checkout's.
    sys.path.insert(0, str(_INSTALLED if _INSTALLED.is_dir() else _HERE.parent))
    from harness.commands import main_alone

    return main_alone(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
