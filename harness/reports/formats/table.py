"""What a person reads at a terminal, or in a file that was made as if for one."""

import io
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.text import Text

from harness.reports.formats.wording import plain

_WIDTH = 120


def lines(heading: str, entries: Sequence[str], console: Console) -> None:
    """Print *entries* under a heading; nothing where there are none."""
    if entries:
        console.print(Text(f"\n{heading}", style="bold"))
        for entry in entries:
            console.print(Text(f"  {plain(entry)}"), soft_wrap=True)


def without_terminal(show: Callable[[Console], None]) -> str:
    """What *show* prints, as text."""
    written = io.StringIO()
    show(Console(file=written, width=_WIDTH, color_system=None))
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())
