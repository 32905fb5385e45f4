"""Says on standard error how far a run is: a bar on a terminal, now and then a line elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

# How long nothing is said where there is no terminal, in seconds.
PATIENCE = 15.0


@contextmanager
def progress(
    total: int, things: str = "environments", patience: float = PATIENCE
) -> Iterator[Callable[[object], None]]:
    """Yield what is to be called with each of *total* *things* when it is done."""
    if sys.stderr.isatty():
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(things, total=total)
            yield lambda thing: bar.update(task, advance=1, description=str(thing))
        return
    count, said = 0, time.monotonic()

    def say(thing: object) -> None:
        nonlocal count, said
        count += 1
        if time.monotonic() - said >= patience:
            said = time.monotonic()
            print(f"{count}/{total} {things}, {thing}", file=sys.stderr, flush=True)

    yield say
