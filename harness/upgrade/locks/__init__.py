"""Reads lock files. A lock is data: nothing in it is executed, and no address in it is contacted.

Every format is read to the same `Pins`: what would be installed for one interpreter, names normalized,
each with the line that pins it. Names and passwords in addresses are left out.
"""

import re
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomli
from packaging.pylock import is_valid_pylock_path

from harness.support.errors import UserError
from harness.upgrade.locks import conda, pdm, pipfile, poetry, pylock, requirements, uv
from harness.upgrade.locks.document import Text, load
from harness.upgrade.locks.selection import Interpreter
from harness.upgrade.pins import DEPENDENCIES, Pins


class Kind(StrEnum):
    """What a file looks like, in words for a message."""

    UV = "a uv.lock"
    PYLOCK = "a pylock.toml"
    POETRY = "a poetry.lock"
    PDM = "a pdm.lock"
    REQUIREMENTS = "a requirements.txt"
    PYPROJECT = "a pyproject.toml"
    TOML = "some other TOML"
    PIPFILE = "a Pipfile.lock"
    JSON = "JSON"
    CONDA = "a file of conda or pixi"


# What is no TOML is read from its text.
_PLAIN: Mapping[Kind, Callable[[Text, Interpreter], Pins]] = {
    Kind.REQUIREMENTS: requirements.read,
    Kind.PIPFILE: pipfile.read,
    Kind.CONDA: conda.read,
}
_READERS = {Kind.UV: uv.read, Kind.PYLOCK: pylock.read, Kind.POETRY: poetry.read, Kind.PDM: pdm.read}
_NAMES = {"uv.lock": Kind.UV, "poetry.lock": Kind.POETRY, "pdm.lock": Kind.PDM, "Pipfile.lock": Kind.PIPFILE}
_SUFFIXES = {".txt": Kind.REQUIREMENTS, ".in": Kind.REQUIREMENTS, ".yml": Kind.CONDA, ".yaml": Kind.CONDA}
_A_PIN = re.compile(r"^\w[\w.-]*(\[[\w,. -]*\])?[ \t]*==", re.MULTILINE)
_RIGHT = (
    "name a uv.lock, pylock.toml, poetry.lock, pdm.lock, Pipfile.lock, environment.yml, conda-lock.yml,"
    " or a requirements.txt with pins"
)


def read_lock(path: Path, markers: Mapping[str, str], needed: Collection[str] = ()) -> Pins:
    """What *path* pins for the Python whose environment markers are *markers*; PEP 508 names them.

    Raises:
        UserError: it is not a lock that can be read, it pins no Starlette, or not one version of Starlette, of what
            that depends on, or of one of the names that are *needed*.
    """
    file = load(path)
    interpreter = Interpreter(markers)
    try:
        pins = _read(file, interpreter)
    except RecursionError:
        raise file.refusal(None, f"something in it is nested too deeply; {_RIGHT}") from None
    for each in pins.unsettled:
        if each.name in {"starlette", *DEPENDENCIES, *needed}:
            raise UserError(each.refusal)
    if "starlette" not in pins:
        elsewhere = f", and what {pins.unread[0]} pins is never fetched" if pins.unread else ""
        none = f"pins no starlette for Python {interpreter.version}{elsewhere}: nothing to compare"
        raise file.refusal(None, f"{none}; {_RIGHT}")
    return pins


def _read(file: Text, interpreter: Interpreter) -> Pins:
    named, looks = _named(file.path), _looks(file.text)
    if looks is Kind.TOML and named in (None, Kind.REQUIREMENTS):
        looks = _parsed_kind(file.text)
    # Tools write requirements under the name of a lock, too, if they are told to.
    told = looks is Kind.REQUIREMENTS and _A_PIN.search(file.text)
    if looks in _PLAIN and (looks is (named or looks) or told):
        return _PLAIN[looks](file, interpreter)
    if looks in (Kind.PIPFILE, Kind.JSON, Kind.CONDA) or named in _PLAIN:
        raise _wrong(file, looks, named)
    document = file.toml()
    found = _kind(document)
    # What has no sign of any kind is refused by the reader of its name, which knows what is missing.
    if found is Kind.TOML:
        found = named or found
    if found not in _READERS or found is not (named or found):
        raise _wrong(file, found, named)
    return _READERS[found](file, document, interpreter)


def _wrong(file: Text, found: Kind, named: Kind | None) -> UserError:
    return file.refusal(None, f"this looks like {found}{f', not {named}' if named else ''}; {_RIGHT}")


def _named(path: Path) -> Kind | None:
    """What the name says, None where it says nothing."""
    if is_valid_pylock_path(path):
        return Kind.PYLOCK
    return _NAMES.get(path.name) or _SUFFIXES.get(path.suffix)


def _looks(text: str) -> Kind:
    """What the text looks like, without a look at what the TOML says."""
    if text.lstrip().startswith("{"):
        return Kind.PIPFILE if '"_meta"' in text else Kind.JSON
    if re.search(r"^[ \t]*(\[\[?[ \t]*[\w.-]+[ \t]*\]|\w[\w-]*[ \t]*=(?!=))", text, re.MULTILINE):
        return Kind.TOML
    if re.search(r"^(@EXPLICIT|(version|metadata|packages?|environments|dependencies|channels):)", text, re.MULTILINE):
        return Kind.CONDA
    return Kind.REQUIREMENTS


def _parsed_kind(text: str) -> Kind:
    """What a file looks like that looks like TOML; what is none has a line that is no requirement."""
    try:
        return _kind(tomli.loads(text))
    except ValueError:
        return Kind.REQUIREMENTS


def _kind(document: Mapping[str, Any]) -> Kind:
    """What parsed TOML looks like."""
    metadata = document.get("metadata")
    inner: Mapping[str, Any] = metadata if isinstance(metadata, dict) else {}
    signs = {
        Kind.PYLOCK: "lock-version" in document,
        Kind.POETRY: "lock-version" in inner or poetry.is_old(inner),
        Kind.PDM: "lock_version" in inner,
        Kind.PYPROJECT: not {"project", "build-system", "tool", "dependency-groups"}.isdisjoint(document),
        Kind.UV: isinstance(document.get("version"), int),
    }
    return next((kind for kind, sign in signs.items() if sign), Kind.TOML)
