"""What is written from a comparison: a module for each format, each of them pure."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from harness.upgrade.comparison import Comparison
from harness.upgrade.formats import json, junit, markdown, sarif, table


class Writer(Protocol):
    """Writes a comparison; *strict* says whether a bug that is still present counts."""

    def __call__(self, comparison: Comparison, /, *, strict: bool) -> str: ...


FORMATS: Mapping[str, Writer] = {
    "table": lambda comparison, **_: table.text(comparison),
    "markdown": lambda comparison, **_: markdown.write(comparison),
    "json": json.write,
    "junit": junit.write,
    "sarif": lambda comparison, **_: sarif.write(comparison, Path.cwd()),
}
