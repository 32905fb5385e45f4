"""Writes files in one step, so that nobody ever reads half of one, and reads none that never ends."""

import io
import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from tempfile import TemporaryFile

from harness.support.errors import UserError

# What no text that is read here comes near, in bytes.
LARGEST = 100_000_000


def write_whole(path: Path, text: str) -> None:
    """Write beside *path* and move it there; through a link, and into what is no regular file, as that is.

    Raises:
        UserError: it cannot be written; nothing of it is left.
    """
    data = text.encode("utf-8", errors="backslashreplace")
    with _refusing(path):
        descriptor = _standing(path)
        if descriptor is not None:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
            return
        # A link stays one.
        real = Path(os.path.realpath(path))
        real.parent.mkdir(parents=True, exist_ok=True)
        part = real.with_name(f".{uuid.uuid4().hex}.part")
        try:
            part.write_bytes(data)
            part.replace(real)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise


def append(path: Path, text: str) -> None:
    """Write *text* after what *path* has.

    Raises:
        UserError: it cannot be written; what was there is left as it was.
    """
    with _refusing(path), open(path, "ab", buffering=0, opener=_without_waiting) as stream:
        before = os.fstat(stream.fileno())
        left = text.encode("utf-8", errors="backslashreplace")
        try:
            while left:
                left = left[stream.write(left) :]
        except OSError:
            if S_ISREG(before.st_mode):
                stream.truncate(before.st_size)
            raise


def refuse_unwritable_folder(what: str, folder: Path) -> None:
    """Refuse *what*, before anything is run, where nothing could be written in *folder*, or make one of it.

    Raises:
        UserError: nothing can.
    """
    try:
        with suppress(FileNotFoundError):
            folder.stat()
        nearest = next(each for each in (folder, *folder.absolute().parents) if os.path.lexists(each))
        TemporaryFile(dir=nearest).close()
    except OSError as error:
        raise UserError(f"{what}: nothing can be written in {folder}: {error.strerror}") from None


def make_folder(path: Path, below: Path) -> None:
    """Make the folder *path*, which lies *below* a folder of ours: what lies in its way and is none is removed.

    Another process may make the same at the same time.
    """
    for each in (*reversed(path.relative_to(below).parents), path.relative_to(below)):
        folder = below / each
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            # By now it may be the other's folder, which no unlink removes.
            with suppress(OSError):
                folder.unlink()
            folder.mkdir(exist_ok=True)


def clear(path: Path) -> None:
    """Remove whatever lies at *path*, if it can be removed."""
    shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        path.unlink()


def read_whole(path: Path, largest: int = LARGEST) -> str:
    """The text of a regular file.

    Raises:
        OSError, ValueError: it cannot be read, is no regular file, has more than *largest* bytes, or is not UTF-8.
    """
    with open(path, "rb", opener=_without_waiting) as stream:
        if not S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise ValueError("this is no regular file")
        data = stream.read(largest + 1)
    if len(data) > largest:
        raise ValueError(f"it has more than {largest} bytes, which no such file has")
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8").read()


def _standing(path: Path) -> int | None:
    """A descriptor of what is written into as it is: this process's own output, and what is no regular file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError):
            stream.flush()
            if os.path.samestat(os.fstat(stream.fileno()), found):
                return os.dup(stream.fileno())
    return None if S_ISREG(found.st_mode) else _without_waiting(path, os.O_WRONLY)


def _without_waiting(path: Path | str, flags: int) -> int:
    """Open *path*; a FIFO at whose other end there is nobody is refused, or has nothing to read."""
    descriptor = os.open(path, flags | os.O_NONBLOCK, 0o666)
    os.set_blocking(descriptor, True)
    return descriptor


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(f"{path}: it cannot be written: {error.strerror}") from error
