"""Which files of a folder are somebody's Python code, and what stands in them. Nothing in them is run.

A folder is walked without its hidden folders, environments, and what was installed; links are not followed. What
could not be read is kept as such: it may hold a use.
"""

import ast
import os
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from harness.support.errors import UserError

# Bytes; nobody writes such a file by hand.
LARGEST = 1_000_000
MOST_FILES = 20_000
_NOT_OURS = ("node_modules", "site-packages", "dist-packages", "__pycache__")
_ENVIRONMENT = "pyvenv.cfg"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its path, the names by which others may import it, and its syntax tree."""

    path: Path
    modules: tuple[str, ...]
    tree: ast.Module


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read or parsed, why, and its bytes where there are any."""

    path: Path
    reason: str
    content: bytes | None = None


@dataclass(slots=True)
class Sources:
    """What lies in one or several folders; `notes` says what in them was not looked at."""

    read: list[Source] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    notebooks: int = 0
    links: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        counts = (
            (len(self.unread), "file", "that cannot be read"),
            (self.notebooks, "notebook", "not looked into"),
            (self.links, "link", "not looked into"),
        )
        return tuple(f"{count} {what}{'s'[: count > 1]} {why}" for count, what, why in counts if count)


def read_sources(folders: tuple[Path, ...]) -> Sources:
    """Every Python file below *folders*, in the order of their paths, each once.

    Raises:
        UserError: one is no folder, or there is no Python file in it, or there are too many.
    """
    found = Sources()
    seen: set[Path] = set()
    for folder in folders:
        if not folder.is_dir():
            raise UserError(f"--source {folder}: there is no such folder; name one that holds your Python files")
        root = folder.resolve()
        files = sorted(_python_files(root, found))
        if not files:
            raise UserError(f"--source {folder}: there is no Python file in it; name a folder that holds some")
        if len(files) > MOST_FILES:
            raise UserError(
                f"--source {folder}: more than {MOST_FILES} Python files; name a folder that holds only yours"
            )
        for path in files:
            if path not in seen:
                seen.add(path)
                _read(path, root, found)
    return found


def _python_files(root: Path, found: Sources) -> Iterator[Path]:
    for place, folders, files in os.walk(root):
        here = Path(place)
        folders[:] = sorted(each for each in folders if _is_ours(here / each, found))
        for name in sorted(files):
            path = here / name
            if path.is_symlink():
                found.links += name.endswith(".py")
            elif name.endswith(".py"):
                yield path
            else:
                found.notebooks += name.endswith(".ipynb")


def _is_ours(folder: Path, found: Sources) -> bool:
    if folder.is_symlink():
        found.links += 1
        return False
    return not (folder.name.startswith(".") or folder.name in _NOT_OURS or (folder / _ENVIRONMENT).exists())


def _read(path: Path, root: Path, found: Sources) -> None:
    content = None
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            found.unread.append(Unread(path, "is no regular file"))
            return
        if status.st_size > LARGEST:
            found.unread.append(Unread(path, f"has more than {LARGEST} bytes"))
            return
        content = path.read_bytes()
        with warnings.catch_warnings(action="ignore"):
            # Bytes, so that Python itself finds out in which encoding they are written.
            tree = ast.parse(content)
    except OSError as error:
        found.unread.append(Unread(path, f"cannot be read: {error.strerror}"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found.unread.append(
            Unread(path, f"does not parse as CPython {sys.version_info[0]}.{sys.version_info[1]}", content)
        )
    else:
        found.read.append(Source(path, _modules(path, root), tree))


def _modules(path: Path, root: Path) -> tuple[str, ...]:
    """By which names the file may be imported, for nobody knows which of the folders above it is on the path."""
    parts = [*root.parts[-1:], *path.relative_to(root).with_suffix("").parts]
    if parts[-1] == "__init__":
        parts.pop()
    return tuple(".".join(parts[n:]) for n in range(len(parts)))
