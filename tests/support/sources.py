"""Somebody's project for the tests, and what is said of it."""

from collections.abc import Mapping
from pathlib import Path

from harness.catalogue.case import Touches
from harness.touches.match import Touch
from harness.touches.touching import touching
from tests.support.factories import case


def lay_sources(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write *files* below *folder*, by their paths."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def touch_of(folder: Path, *touches: Touches) -> Touch:
    """What is said of a case with *touches* and the files below *folder*."""
    asked = case(touches=touches)
    return touching([asked], (folder,)).touches[asked.name]
