"""Says that a program still runs, so that one that hangs can be told from a search that does."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

Say = Callable[[str], None]
# How long nothing is said, in seconds.
PATIENCE = 10.0


@contextmanager
def watched(say: Say, what: str, seconds: float, patience: float = PATIENCE) -> Iterator[None]:
    """Say now and then that *what* still runs, which it may for so many *seconds*."""
    ended, started = Event(), time.monotonic()

    def remind() -> None:
        while not ended.wait(patience):
            took = time.monotonic() - started
            say(f"{what}: still building or running after {took:.0f} s; the program itself may run {seconds:g} s")

    thread = Thread(target=remind, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
