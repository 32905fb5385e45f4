"""Looks at an environment: what an interpreter has, and what the content of its files is. Changes nothing."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from harness.environments.model import Environment
from harness.environments.provenance import doubt
from harness.releases.index import parse_version
from harness.support.errors import UserError
from repros.client import ask, freeze

# Of Starlette's files, those that decide what a program sees, or mypy.
_DECISIVE = (".py", ".pyi", "py.typed")


def inspect(interpreter: Path) -> Environment:
    """What an interpreter's environment holds. Where metadata of two versions lie side by side, `freeze` has both.

    Raises:
        UserError: this is no CPython interpreter, or there is no Starlette in it, or none of which it is known which.
    """
    try:
        finished, said = ask([interpreter, "-I", "-B"])
    except OSError as error:
        raise UserError(f"{interpreter}: {error.strerror}; name a Python interpreter") from None
    if not said:
        why = (finished.stderr.strip() or "it said nothing").splitlines()[-1]
        raise UserError(f"{interpreter}: no Python that can be checked: {why}; name one, e.g. .venv/bin/python")
    facts = said[0]
    if facts["implementation"] != "cpython":
        said_so = f"{facts['implementation']} {facts['python']}"
        raise UserError(f"{interpreter}: this is {said_so}, and the bugs are those of CPython; name a CPython")
    version = next((version for name, version in facts["distributions"] if name == "starlette"), None)
    file = facts["starlette_file"]
    if file is None or version is None:
        raise UserError(f"{interpreter}: {_missing(file)}")
    try:
        parse_version(version)
    except ValueError as error:
        raise UserError(f"{interpreter}: {facts['metadata']}: {error}; install Starlette again") from None
    return Environment(
        interpreter=interpreter,
        python=facts["python"],
        release=version,
        starlette_file=file,
        typed=facts["typed"],
        freeze=freeze(map(tuple, facts["distributions"])),
        digest=_digest(Path(file).parent, decisive=True),
        implementation=facts["implementation"],
        doubt=doubt(Path(file), Path(facts["metadata"])),
    )


def _missing(file: str | None) -> str:
    """What is said where Starlette cannot be found, or can and has no metadata."""
    if file is None:
        return "no Starlette is installed there; name an environment that has it"
    return f"no metadata says which release {file} is of; install Starlette again"


def content_digest(folder: Path) -> str:
    """A digest of every file below *folder*, by its relative path and its content, but for compiled bytecode.

    A file that was edited may have the size and the time stamp that it had.
    """
    return _digest(folder)


def checksum(folder: Path) -> str:
    """The SHA-256 of a folder, which anybody can check: of what, in the folder above it, is printed by

    `find starlette -type f ! -name '*.pyc' | LC_ALL=C sort | xargs sha256sum`
    """
    files = {file.relative_to(folder.parent).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    kept = sorted((os.fsencode(name), file) for name, file in files.items() if not name.endswith(".pyc"))
    lines = (hashlib.sha256(file.read_bytes()).hexdigest().encode() + b"  " + name + b"\n" for name, file in kept)
    return hashlib.sha256(b"".join(lines)).hexdigest()


def _digest(folder: Path, *, decisive: bool = False) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for file in _files(folder):
        if not decisive or file.name.endswith(_DECISIVE):
            content = _content(file)
            digest.update(f"{file.relative_to(folder)}\0{len(content)}\0".encode(errors="surrogateescape"))
            digest.update(content)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(folder):
        folders.sort()
        place = Path(name)
        yield from (
            place / file for file in sorted(files) if not (place.name == "__pycache__" and file.endswith(".pyc"))
        )


def _content(file: Path) -> bytes:
    """What *file* holds; where it is a link to no file, what the link says."""
    if file.is_file():
        return file.read_bytes()
    return bytes(file.readlink()) if file.is_symlink() else b""
