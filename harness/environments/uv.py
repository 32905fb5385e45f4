"""Calls uv, which resolves and installs."""

import re
from pathlib import Path

from uv import find_uv_bin

from harness.support.processes import Finished, run

SECONDS = 900.0


def uv(*arguments: str | Path) -> Finished:
    """Run uv with the caller's index, and with no configuration of whatever project it is called in."""
    return run([find_uv_bin(), *arguments], seconds=SECONDS, folder=Path("/"), extra={"UV_PYTHON_DOWNLOADS": "never"})


def said(finished: Finished) -> str:
    """What uv said when it failed, in one line."""
    if finished.code is None:
        return f"uv was still running after {SECONDS:g} s"
    return re.sub(r"\s+", " ", finished.stderr.strip())
