"""mypy's caches: one for each target, which starts from what is the same for every target of one Python."""

import shutil
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from filelock import FileLock

from harness.support.files import clear, make_folder
from typing_checks.checker import Checker

CHECKER = Checker()
CACHE = "cache"
# What reading the standard library may take, in seconds.
_SECONDS = 120.0
# What Starlette and anyio import of it; a module that is left out only takes longer.
_COMMON = """asyncio base64 collections.abc contextlib contextvars dataclasses datetime email.utils functools hashlib
    html http http.cookies importlib.util inspect io ipaddress json logging math mimetypes os pathlib queue random re
    secrets shutil signal socket ssl stat subprocess sys tempfile threading traceback typing urllib.parse uuid"""


def prepare_cache(folder: Path, caches: Path, options: Sequence[str]) -> None:
    """Lay a cache into *folder*, which nobody else uses at the same time, unless there is one.

    *options* are those that mypy will be run with: what it read with others is of no use.
    """
    if not (folder / CACHE).is_dir():
        part = folder / f"{CACHE}.part"
        clear(part)
        clear(folder / CACHE)
        shared = _shared_folder(caches, options)
        # Whoever forgets it does so under this lock.
        with FileLock(shared / "lock"):
            _make_standard_library(shared, options)
            shutil.copytree(shared / CACHE, part)
        part.rename(folder / CACHE)


def forget_cache(folder: Path, caches: Path, options: Sequence[str]) -> None:
    """Take away the cache in *folder*, and what it was made from: one of them may be damaged."""
    shared = _shared_folder(caches, options)
    with FileLock(shared / "lock"):
        clear(shared / CACHE)
    clear(folder / CACHE)


def _shared_folder(caches: Path, options: Sequence[str]) -> Path:
    """Where the part of a cache is kept that is the same for every target of one Python."""
    spoken = next(option.partition("=")[2] for option in options if option.startswith("--python-version="))
    shared = [option for option in options if not option.startswith("--python-executable=")]
    name = blake2b("\0".join(shared).encode(), digest_size=4).hexdigest()
    folder = caches / f"standard-library-{spoken}-{name}"
    make_folder(folder, caches)
    return folder


def _make_standard_library(folder: Path, options: Sequence[str]) -> None:
    """Fill the cache in *folder*, which is locked, unless there is one."""
    if not (folder / CACHE).is_dir():
        program = "".join(f"import {name}\n" for name in _COMMON.split())
        (folder / "standard_library.py").write_text(program, encoding="utf-8")
        part = f"{CACHE}.part"
        clear(folder / part)
        clear(folder / CACHE)
        command = [*options, "--config-file=", f"--cache-dir={part}", "standard_library.py"]
        CHECKER.run(command, folder=folder, seconds=_SECONDS)
        (folder / part).mkdir(exist_ok=True)
        (folder / part).rename(folder / CACHE)
