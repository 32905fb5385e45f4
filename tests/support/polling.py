"""Waits for a condition, within a bound."""

import os
import time
from collections.abc import Callable
from pathlib import Path

SECONDS = 60.0


def until(condition: Callable[[], object], seconds: float = SECONDS, every: float = 0.002) -> None:
    """Return as soon as *condition* holds; an AssertionError where it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{condition} did not hold within {seconds:g} s"
        time.sleep(every)


def is_running(process: int) -> bool:
    """Whether there is such a process, and it is no corpse that waits for its parent."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z")
