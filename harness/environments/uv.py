"""Calls uv, which resolves and installs."""

import re
from pathlib import Path

from uv import find_uv_bin

from harness.support.processes import Finished, run

SECONDS = 900.0


# A link to the caller's cache would let whoever edits what is installed edit that, and what others installed from it.
_OPTIONS = {"UV_PYTHON_DOWNLOADS": "never", "UV_LINK_MODE": "copy"}


def uv(*arguments: str | Path) -> Finished:
    """Run uv with the caller's index, and with no configuration of whatever project it is called in."""
    return run([find_uv_bin(), *arguments], seconds=SECONDS, folder=Path("/"), extra=_OPTIONS)


def said(finished: Finished) -> str:
    """What uv said when it failed, in one line."""
    if finished.code is None:
        return f"uv was still running after {SECONDS:g} s"
    return re.sub(r"\s+", " ", finished.stderr.strip())
