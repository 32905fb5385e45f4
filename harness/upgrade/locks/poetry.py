"""Reads poetry.lock. It says of each package when it applies since lock version 2.1; before, only its Pythons.

Poetry up to 1.0 stated no lock version: a package had one `marker`, and up to 0.12 the digests stood alone.
Every group and every extra counts, as the project may be installed with any of them. The project itself is not in it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from packaging.utils import canonicalize_name

from harness.releases.index import parse_version
from harness.upgrade.locks.document import Entry, Text, shown
from harness.upgrade.locks.selection import Interpreter, address, alternatives, git_origin, pin_of, settle, specifier
from harness.upgrade.pins import Pins


def read(file: Text, document: dict[str, Any], interpreter: Interpreter) -> Pins:
    """Read the parsed file.

    Raises:
        UserError: it is of another version, or an entry is not what Poetry writes.
    """
    metadata = Entry(file, document).sub("metadata")
    stated = metadata.text("lock-version") or ("1.0" if is_old(metadata.table) else "")
    if stated.split(".")[0] not in ("1", "2"):
        found = shown(metadata.table.get("lock-version"))
        raise file.refusal(None, f"lock-version = {found}; versions 1 and 2 of poetry.lock can be read")
    extras = tuple(Entry(file, document).sub("extras").table)
    admitted = [each for each in file.entries(document, "package") if _applies(each, interpreter, extras)]
    packages = alternatives(admitted, lambda each: _fits(each, interpreter))
    pins = [pin_of(package, _hashes(package, metadata), _origin(package), _index(package)) for package in packages]
    settled, unsettled = settle(file, pins, interpreter)
    return Pins(
        source=str(file.path),
        pins=settled,
        file=file.path,
        python=metadata.checked(_specifier, metadata.text("python-versions")),
        indexes=tuple(sorted({_index(package) for package in packages} - {""})),
        unsettled=unsettled,
    )


def is_old(metadata: Mapping[str, Any]) -> bool:
    """Whether *metadata* is that of a Poetry which stated no lock version."""
    return "lock-version" not in metadata and {"content-hash", "python-versions"} <= metadata.keys()


def _applies(package: Entry, interpreter: Interpreter, extras: tuple[str, ...]) -> bool:
    # Where a package is in several groups, each may have a marker of its own.
    several = isinstance(package.table.get("markers"), dict)
    table = package.sub("markers") if several else package
    markers = [table.text(key) for key in (table.table if several else ["markers"])]
    old = package.checked(interpreter.admits, package.text("marker"))
    return old and any(package.checked(lambda text: interpreter.admits(text, extras), marker) for marker in markers)


def _fits(package: Entry, interpreter: Interpreter) -> bool:
    """Whether the package says that it supports the Python; what it says in a way of its own excludes nothing."""
    try:
        return interpreter.fits(_specifier(package.text("python-versions")))
    except ValueError:
        return True


def _specifier(text: str) -> str:
    """A constraint of Poetry's, such as `^3.9`, as the standard has it, with ` || ` between alternatives.

    Empty where every Python will do.
    """
    found = [_conjunction(each) for each in re.split(r"\|\|?", text)]
    return " || ".join(found) if all(found) else ""


def _conjunction(text: str) -> str:
    if text.strip() == "*":
        return ""
    clauses, operator = [], ""
    for token in re.findall(r"[<>=!~^]+|[^\s,<>=!~^]+", text):
        if token[0] in "<>=!~^":
            operator = token
        else:
            clauses.append(_clause(operator, token))
            operator = ""
    return specifier(",".join(clauses))


def _clause(operator: str, version: str) -> str:
    if operator not in ("", "^", "~"):
        return f"{operator}{version}"
    if not operator:
        return f"=={version}"
    parts = parse_version(version).release
    # The first part may grow under neither; under a tilde the second may not either, where it is written.
    kept = 1 if operator == "^" or len(parts) == 1 else 2
    return f">={version},=={'.'.join(map(str, parts[:kept]))}.*"


def _hashes(package: Entry, metadata: Entry) -> Iterator[str]:
    """The hashes; up to lock version 1.1 they stand at the end of the file, and once they were bare digests."""
    name = package.required("name")
    files, digests = metadata.sub("files"), metadata.sub("hashes")
    old = files.subs(name) or files.subs(canonicalize_name(name))
    for each in package.subs("files") or old:
        yield each.required("hash")
    yield from (f"sha256:{digest}" for digest in digests.texts(name) or digests.texts(canonicalize_name(name)))


def _origin(package: Entry) -> str | None:
    source = package.sub("source")
    kind, url = source.text("type"), source.text("url")
    if kind == "git":
        commit = source.text("resolved_reference") or source.text("reference")
        return source.checked(lambda text: git_origin(text, commit, source.text("subdirectory")), url)
    return None if kind in ("", "legacy") else source.checked(address, url)


def _index(package: Entry) -> str:
    source = package.sub("source")
    return source.checked(address, source.required("url")) if source.text("type") == "legacy" else ""
