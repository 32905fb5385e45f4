"""Environments as a user has them: made with uv from wheels, and nothing of the harness's."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from uv import find_uv_bin

# Variables for uv: what lies in folders that it is told of is all that there is.
NO_INDEX = {"UV_CONFIG_FILE": str(Path(__file__).with_name("no_index.toml"))}
# There is an index again, where a variable beside these names one.
SOME_INDEX = {"UV_CONFIG_FILE": os.devnull, "UV_FIND_LINKS": ""}


def make_environment(place: Path, wheels: Iterable[Path] = ()) -> Path:
    """Make a venv with *wheels* installed; the result is its interpreter."""
    interpreter = place / "bin" / "python"
    uv("venv", "--python", sys.executable, place)
    if wheels := list(wheels):
        uv("pip", "install", "--python", interpreter, "--no-deps", *wheels)
    return interpreter


def uv(*arguments: str | Path) -> None:
    """Run uv without an index, a network, or a cache that others write."""
    command = [find_uv_bin(), *map(str, arguments), "--quiet", "--offline", "--no-cache", "--no-config"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "VIRTUAL_ENV"))}
    subprocess.run(command, check=True, env=kept, capture_output=True, timeout=120)


def site_packages(interpreter: Path) -> Path:
    (found,) = (interpreter.parent.parent / "lib").glob("python*/site-packages")
    return found


def fingerprint(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file below *folder*, with its time stamp and a digest of what it holds."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    } | {str(path.relative_to(folder)): (path.lstat().st_mtime_ns, "") for path in folder.rglob("*") if path.is_dir()}
