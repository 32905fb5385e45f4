"""Reads pylock.toml, whose form `packaging` checks. Every extra and every group of the lock counts."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from packaging.pylock import Package, Pylock, PylockUnsupportedVersionError, PylockValidationError

from harness.upgrade.locks.document import Entry, Text
from harness.upgrade.locks.selection import DIGESTS, Interpreter, address, digests, git_origin, settle
from harness.upgrade.pins import Pin, Pins


def read(file: Text, document: dict[str, Any], interpreter: Interpreter) -> Pins:
    """Read the parsed file.

    Raises:
        UserError: it is of another version, or not as the specification has it.
    """
    entries = file.entries(document, "packages")
    lock = _parsed(file, document, entries)
    found = [
        (entry, package)
        for entry, package in zip(entries, lock.packages, strict=True)
        if _applies(entry, package, lock, interpreter)
        and not (package.directory and package.directory.path in (".", "./"))
    ]
    pins = [_pin(entry, package) for entry, package in found if package.version]
    settled, unsettled = settle(file, pins, interpreter)
    return Pins(
        source=str(file.path),
        pins=settled,
        file=file.path,
        python=str(lock.requires_python or ""),
        indexes=tuple(sorted({entry.checked(address, package.index) for entry, package in found if package.index})),
        unversioned=tuple(package.name for _, package in found if not package.version),
        unsettled=unsettled,
    )


def _parsed(file: Text, document: dict[str, Any], entries: tuple[Entry, ...]) -> Pylock:
    try:
        return Pylock.from_dict(document)
    except PylockUnsupportedVersionError as error:
        raise file.refusal(None, f"{error}; version 1 of pylock.toml can be read") from None
    except (PylockValidationError, RecursionError) as error:
        at = re.match(r"packages\[(\d+)\]", getattr(error, "context", None) or "")
        line = entries[int(at[1])].line if at else None
        said = str(error) if len(str(error)) < 300 else "a value cannot be read"
        raise file.refusal(line, f"{said}; write the lock again with its tool") from None


def _applies(entry: Entry, package: Package, lock: Pylock, interpreter: Interpreter) -> bool:
    marker = package.marker
    values: dict[str, str | AbstractSet[str]] = dict(interpreter.markers)
    values |= {"extras": set(lock.extras or ()), "dependency_groups": set(lock.dependency_groups or ())}
    return marker is None or entry.checked(lambda _: marker.evaluate(values, context="lock_file"), str(marker))


def _pin(entry: Entry, package: Package) -> Pin:
    hashes, index = digests(entry, _hashes(package)), entry.checked(address, package.index or "")
    return Pin(package.name, str(package.version), hashes, entry.line, _origin(entry, package), index)


def _hashes(package: Package) -> Iterator[str]:
    """The hashes of all files, as far as an installer knows their algorithms."""
    for each in (package.sdist, package.archive, *(package.wheels or ())):
        for algorithm, digest in each.hashes.items() if each else ():
            if algorithm in DIGESTS:
                yield f"{algorithm}:{digest}"


def _origin(entry: Entry, package: Package) -> str | None:
    if vcs := package.vcs:
        url = vcs.url or vcs.path or ""
        return entry.checked(lambda text: git_origin(text, vcs.commit_id, vcs.subdirectory or ""), url)
    if package.archive:
        return entry.checked(address, package.archive.url or package.archive.path or "")
    return package.directory.path if package.directory else None
