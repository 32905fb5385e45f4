"""Writes files in one step, so that nobody ever reads half of one."""

import uuid
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write beside *path* and move it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
