"""Says whether files are those that an installer put there. Changes nothing.

An installer writes down what it installed, in `RECORD` beside the metadata: a path, a digest and a size for each file
(https://packaging.python.org/en/latest/specifications/recording-installed-packages/).
"""

import base64
import csv
import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

_NAMED = 3


def doubt(starlette: Path, metadata: Path) -> str:
    """Why what *starlette*, the package's `__init__.py`, shows need not be what the release of *metadata* shows.

    Empty where every file of the package is as it was recorded.
    """
    package = starlette.parent
    recorded = _recorded(metadata)
    if not recorded:
        return f"no installer recorded which files it has, and they are read from {package}"
    if starlette not in recorded:
        return f"its code is not installed there, but read from {package} as it is now"
    changed = sorted({str(file.relative_to(package)) for file in _changed(package, recorded)})
    if not changed:
        return ""
    more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
    return f"of its files {', '.join(changed[:_NAMED])}{more} changed after it was installed"


def spoilt(site: Path) -> str:
    """Which distribution in the folder *site* has a file with another content than was recorded; empty for none."""
    for metadata in sorted(site.glob("*.dist-info")):
        inside = {file: digest for file, digest in _recorded(metadata).items() if file.is_relative_to(site) and digest}
        if changed := sorted(_others(inside)):
            return f"{changed[0].relative_to(site)} of {metadata.stem.rpartition('-')[0]}"
    return ""


def _recorded(metadata: Path) -> Mapping[Path, str]:
    """The digest of each file by its path; nothing where that is not recorded, or cannot be read."""
    try:
        with (metadata / "RECORD").open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.reader(lines) if len(row) == 3]
    except (OSError, ValueError, csv.Error):
        return {}
    return {Path(os.path.normpath(metadata.parent / row[0])): row[1] for row in rows}


def _changed(package: Path, recorded: Mapping[Path, str]) -> Iterator[Path]:
    """What is gone from *package*, has another content than was recorded, or was not recorded and is code."""
    inside = {file: digest for file, digest in recorded.items() if file.is_relative_to(package) and digest}
    yield from _others(inside)
    yield from (file for file in package.rglob("*.py*") if file.suffix in (".py", ".pyi") and file not in recorded)


def _others(recorded: Mapping[Path, str]) -> Iterator[Path]:
    """What has another content than was *recorded*, or is gone."""
    return (file for file, digest in recorded.items() if _digest(file, digest.partition("=")[0]) != digest)


def _digest(file: Path, algorithm: str) -> str:
    """The digest of *file* as it is recorded; empty where there is none to be had."""
    try:
        found = hashlib.new(algorithm, file.read_bytes()).digest()
    except (OSError, ValueError, TypeError):
        return ""
    return f"{algorithm}={base64.urlsafe_b64encode(found).rstrip(b'=').decode()}"
