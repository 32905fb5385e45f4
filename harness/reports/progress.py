"""Says on standard error how far a run is: a bar on a terminal, now and then a line elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from harness.environments.target import Target

# How long nothing is said where there is no terminal, in seconds.
PATIENCE = 15.0


@contextmanager
def progress(total: int, patience: float = PATIENCE) -> Iterator[Callable[[Target], None]]:
    """Yield what is to be called after each of *total* environments."""
    if sys.stderr.isatty():
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("environments", total=total)
            yield lambda target: bar.update(task, advance=1, description=f"{target.release} {target.profile}")
        return
    count, said = 0, time.monotonic()

    def say(target: Target) -> None:
        nonlocal count, said
        count += 1
        if time.monotonic() - said >= patience:
            said = time.monotonic()
            print(f"{count}/{total} environments, {target.release} {target.profile}", file=sys.stderr, flush=True)

    yield say
