"""Reads pdm.lock. Every group of the lock counts; the project itself is not in it, and neither are its indexes."""

from collections.abc import Iterator
from typing import Any

from harness.upgrade.locks.document import Entry, Text, shown
from harness.upgrade.locks.selection import Interpreter, address, alternatives, git_origin, pin_of, settle, specifier
from harness.upgrade.pins import Pins


def read(file: Text, document: dict[str, Any], interpreter: Interpreter) -> Pins:
    """Read the parsed file.

    Raises:
        UserError: it is of another version, or an entry is not what PDM writes.
    """
    metadata = Entry(file, document).sub("metadata")
    if metadata.text("lock_version").split(".")[0] not in ("3", "4"):
        found = shown(metadata.table.get("lock_version"))
        raise file.refusal(None, f"lock_version = {found}; versions 3 and 4 of pdm.lock can be read")
    admitted = [
        package
        for package in file.entries(document, "package")
        if package.text("path") != "." and package.checked(interpreter.admits, package.text("marker"))
    ]
    packages = alternatives(admitted, lambda each: each.checked(interpreter.fits, each.text("requires_python")))
    pins = [pin_of(package, _hashes(package, metadata), _origin(package)) for package in packages]
    targets = dict.fromkeys(target.text("requires_python") for target in metadata.subs("targets"))
    settled, unsettled = settle(file, pins, interpreter)
    return Pins(
        source=str(file.path),
        pins=settled,
        file=file.path,
        python=" || ".join(metadata.checked(specifier, each) for each in targets) if all(targets) else "",
        unsettled=unsettled,
    )


def _hashes(package: Entry, metadata: Entry) -> Iterator[str]:
    """The hashes; before lock version 4.3 they stand at the end of the file."""
    old = metadata.sub("files").subs(f"{package.text('name')} {package.text('version')}")
    for each in package.subs("files") or old:
        yield each.required("hash")


def _origin(package: Entry) -> str | None:
    if git := package.text("git"):
        commit = package.text("revision") or package.text("ref")
        return package.checked(lambda url: git_origin(url, commit, package.text("subdirectory")), git)
    direct = package.text("url") or package.text("path")
    return package.checked(address, direct) if direct else None
