"""Finds a CPython: one for a case that cannot run on the one in use, or the one of an environment that is named."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from harness.support.errors import UserError
from harness.support.processes import run

_SAY_VERSION = "import sys; print('.'.join(map(str, sys.version_info[:3])), sys.implementation.name)"


def find_interpreter(wanted: SpecifierSet) -> Path | None:
    """The interpreter in use if *wanted* admits it, else the newest CPython on the machine that fits."""
    here = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    if ".".join(str(part) for part in sys.version_info[:3]) in wanted:
        return here
    fitting = [(version, path) for path in _candidates() if (version := version_of(path)) and version in wanted]
    return max(fitting)[1] if fitting else None


def _candidates() -> Iterator[Path]:
    """On the PATH, and where pyenv keeps the versions that it does not put there."""
    for minor in range(8, 20):
        if found := shutil.which(f"python3.{minor}"):
            yield Path(found)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from pyenv.glob("versions/*/bin/python3")


@cache
def version_of(interpreter: Path) -> Version | None:
    """What CPython this is; None where it is none, or only a shim for one that is not active."""
    try:
        finished = run([interpreter, "-I", "-c", _SAY_VERSION], seconds=20)
    except OSError:
        return None
    said = re.fullmatch(r"(\d+\.\d+\.\d+) cpython\s*", finished.stdout)
    return Version(said[1]) if finished.code == 0 and said else None


def interpreter_in(option: str, path: Path) -> Path:
    """The absolute path of an interpreter, with its links as they are: a virtual environment's is one.

    Raises:
        UserError: there is none.
    """
    if path.is_dir():
        found = [each for name in ("python", "python3") if os.path.lexists(each := path / "bin" / name)]
        if not found:
            raise UserError(f"{option} {path}: this folder is not an environment; name one, or its bin/python")
        path = found[0]
    if path.is_symlink() and not path.exists():
        base = os.path.realpath(path)
        raise UserError(f"{option} {path}: it leads to {base}, which is gone; make the environment again")
    if not path.is_file():
        raise UserError(f"{option} {path}: there is no such file; name an interpreter, e.g. .venv/bin/python")
    return path.absolute()
