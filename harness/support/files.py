"""Writes files in one step, so that nobody ever reads half of one."""

import os
import stat
import uuid
from contextlib import suppress
from pathlib import Path

from harness.support.errors import UserError


def write_whole(path: Path, text: str) -> None:
    """Write beside *path* and move it there; through a link, and into what is no regular file, as that is.

    Raises:
        UserError: it cannot be written; nothing of it is left.
    """
    # A link stays one.
    path = Path(os.path.realpath(path))
    data = text.encode("utf-8", errors="backslashreplace")
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            with path.open("wb", buffering=0) as stream:
                stream.write(data)
            return
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise UserError(f"{path}: it cannot be written: {error.strerror}") from error
