"""Runs commands and times them, for ratios within one run."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from harness.support.errors import UserError
from harness.support.processes import clean_environment


def quietly(
    command: Sequence[str], folder: Path, codes: Sequence[int] = (0,), python: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a module, or with *python* what that interpreter is told, in *folder*.

    Raises:
        UserError: it ended with none of *codes*, so that its time means nothing.
    """
    start = [str(python)] if python else [sys.executable, "-m"]
    finished = subprocess.run(
        [*start, *command], cwd=folder, env=clean_environment(), capture_output=True, check=False, text=True
    )
    if finished.returncode not in codes:
        said = "\n".join((finished.stdout + finished.stderr).splitlines()[-20:])
        raise UserError(f"{' '.join(command)[:200]} left with exit code {finished.returncode}:\n{said}")
    return finished


def timed(way: Callable[[], object]) -> float:
    """How long *way* takes, in seconds."""
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


def show(what: str, ratios: Sequence[float]) -> None:
    """Print the median of some ratios, and how far they spread."""
    spread = f"{min(ratios):.2f} to {max(ratios):.2f} in {len(ratios)} rounds"
    print(f"{what}: {statistics.median(ratios):.2f} ({spread})", flush=True)
