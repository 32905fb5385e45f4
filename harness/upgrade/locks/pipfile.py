"""Reads Pipfile.lock. Every category counts, as the project, which is not in it, may be installed with any of them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from harness.releases.index import parse_version
from harness.upgrade.locks.document import Entry, Text, shown
from harness.upgrade.locks.selection import Interpreter, address, digests, git_origin, named, settle, specifier
from harness.upgrade.pins import Pin, Pins, Unsettled


def read(file: Text, interpreter: Interpreter) -> Pins:
    """Read the file.

    Raises:
        UserError: it is no JSON, of another version, or an entry is not what Pipenv writes.
    """
    lock = Entry(file, _parsed(file))
    meta = lock.sub("_meta")
    if meta.table.get("pipfile-spec") != 6:
        found = shown(meta.table.get("pipfile-spec"))
        raise file.refusal(None, f"pipfile-spec = {found}; version 6 of Pipfile.lock can be read")
    sources = {each.text("name"): each.checked(address, each.text("url")) for each in meta.subs("sources")}
    pins: list[Pin] = []
    unversioned: list[str] = []
    blank: list[Unsettled] = []
    for name, package in _packages(lock):
        if not package.checked(interpreter.admits, package.text("markers")) or package.text("path") in (".", "./"):
            continue
        version, origin = package.text("version").lstrip("="), _origin(package)
        if version not in ("", "*"):
            index = "" if origin else sources.get(package.text("index") or next(iter(sources), ""), "")
            pinned = str(package.checked(parse_version, version))
            hashes = digests(package, package.texts("hashes"))
            pins.append(Pin(name, pinned, hashes, package.line, origin, index))
        elif origin:
            unversioned.append(name)
        else:
            wrong = f"version = {shown(package.table.get('version'))}; a lock has one such as '==0.27.0'"
            blank.append(Unsettled(name, version, "the lock pins no single version of it", str(package.refusal(wrong))))
    settled, unsettled = settle(file, pins, interpreter)
    return Pins(
        source=str(file.path),
        pins=settled,
        file=file.path,
        python=_python(meta.sub("requires")),
        indexes=tuple(sorted(set(sources.values()) - {""})),
        unversioned=tuple(unversioned),
        unsettled=(*unsettled, *blank),
    )


def _parsed(file: Text) -> dict[str, Any]:
    try:
        # It begins with a brace, or it would not have been taken for one.
        found: dict[str, Any] = json.loads(file.text)
    except ValueError as error:
        line = getattr(error, "lineno", None)
        said = getattr(error, "msg", error)
        raise file.refusal(line, f"this is no JSON: {said}; write the lock again with: pipenv lock") from None
    return found


def _packages(lock: Entry) -> Iterator[tuple[str, Entry]]:
    """What every category locks, by name, each with the line of its key."""
    written = lock.file.lines
    for category in lock.table:
        if category != "_meta":
            packages = lock.sub(category)
            start = _line_of(category, written, 0)
            for name in packages.table:
                entry = Entry(lock.file, packages.sub(name).table, _line_of(name, written, start or 0))
                yield entry.checked(named, name), entry


def _line_of(key: str, lines: list[str], after: int) -> int | None:
    """The first line after line *after* that begins with *key*, counted from 1."""
    begins = re.compile(rf"\s*{re.escape(json.dumps(key))}\s*:")
    return next((number for number in range(after + 1, len(lines) + 1) if begins.match(lines[number - 1])), None)


def _origin(package: Entry) -> str | None:
    if git := package.text("git"):
        commit, subdirectory = package.text("ref"), package.text("subdirectory")
        return package.checked(lambda url: git_origin(url, commit, subdirectory), git)
    direct = package.text("file") or package.text("path")
    return package.checked(address, direct) if direct else None


def _python(requires: Entry) -> str:
    if full := requires.text("python_full_version"):
        return requires.checked(specifier, f"=={full}")
    minor = requires.text("python_version")
    return requires.checked(specifier, f"=={minor}.*") if minor and minor != "*" else ""
