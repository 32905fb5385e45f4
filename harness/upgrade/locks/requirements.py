"""Reads a requirements.txt that pins everything, as pip-tools, uv and `pip freeze` write it.

`-r` and `-c` are followed to files in the folder of the lock or below it. What they pin has the line
that names them; what a constraint pins counts as pinned, and what it only limits counts for nothing.
Variables in it stay as they are written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from harness.releases.index import parse_version
from harness.upgrade.locks.document import Entry, Text, load, shown
from harness.upgrade.locks.selection import Interpreter, address, digests, settle
from harness.upgrade.pins import Pin, Pins

_INCLUDES = {"-r": "requirement", "--requirement": "requirement", "-c": "constraint", "--constraint": "constraint"}
_INDEXES = ("-i", "--index-url", "--extra-index-url", "--pypi-url")
_EDITABLE = ("-e", "--editable")
_IGNORED = (
    "-f", "--find-links", "--no-index", "--pre", "--prefer-binary", "--require-hashes", "--no-binary",
    "--only-binary", "--trusted-host", "--use-feature",
)  # fmt: skip


def read(file: Text, interpreter: Interpreter) -> Pins:
    """Read the file and what it includes.

    Raises:
        UserError: a line is no requirement or pins nothing, or an included file cannot be read.
    """
    reading = _Reading(file.path, interpreter)
    reading.read(file)
    pinned = {pin.name for pin in reading.pins}
    for name, entry, written in reading.unpinned:
        if name not in pinned:
            raise entry.refusal(f"{shown(written)} pins no single version; write one such as starlette==0.27.0")
    return Pins(
        source=str(file.path),
        pins=settle(file, reading.pins, interpreter),
        file=file.path,
        indexes=tuple(sorted(reading.indexes)),
        unversioned=tuple(reading.unversioned),
    )


@dataclass(slots=True)
class _Reading:
    """What was found so far in a lock and in what it includes."""

    lock: Path
    interpreter: Interpreter
    pins: list[Pin] = field(default_factory=list)
    unpinned: list[tuple[str, Entry, str]] = field(default_factory=list)
    indexes: set[str] = field(default_factory=set)
    unversioned: list[str] = field(default_factory=list)
    seen: set[tuple[Path, bool]] = field(default_factory=set)

    def read(self, file: Text, line: int | None = None, constraint: bool = False) -> None:
        """Read *file*, which *line* of the lock includes where it is not the lock itself."""
        if (key := (file.path.resolve(), constraint)) in self.seen:
            return
        self.seen.add(key)
        for number, text in _logical(file):
            entry = Entry(file, {}, number)
            if text.startswith("-"):
                self._option(entry, text, line or number, constraint)
            else:
                self._requirement(entry, text, line or number, constraint)

    def _option(self, entry: Entry, text: str, line: int, constraint: bool) -> None:
        option = re.match(r"(--[\w-]+|-\w|-+)[\s=]*", text)
        name = option[1] if option else text
        value = text[option.end() :] if option else ""
        if name in _INCLUDES:
            self.read(self._included(entry, value), line, constraint or _INCLUDES[name] == "constraint")
        elif name in _INDEXES:
            self.indexes.add(entry.checked(address, value))
        elif name in _EDITABLE:
            self._direct(entry, value, line, "")
        elif name not in _IGNORED:
            raise entry.refusal(f"{shown(name)} is no option of a requirements file; write requirements such as a==1.2")

    def _included(self, entry: Entry, value: str) -> Text:
        """The file that a line names, if it lies in the folder of the lock or below."""
        path = entry.file.path.parent / value.strip("\"'")
        inside = self.lock.parent.resolve()
        try:
            fits = value != "" and "://" not in value and path.resolve().is_relative_to(inside)
        except (OSError, RuntimeError, ValueError):
            fits = False
        if not fits:
            raise entry.refusal(f"{shown(value)} is not below the folder of the lock; only such a file is included")
        return load(path)

    def _requirement(self, entry: Entry, text: str, line: int, constraint: bool) -> None:
        written, *options = (part.strip() for part in re.split(r"\s(?=--[a-z])", text))
        found = [re.fullmatch(r"--hash[=\s]\s*(\S+)", option) for option in options]
        hashes = digests(entry, [match[1] for match in found if match])
        if re.match(r"[./~]|\w+(\+\w+)?://|[^\s@;]+\.(whl|zip|tar\.\w+)$", written):
            self._direct(entry, written, line, "", hashes)
            return
        requirement = entry.checked(_parse, written)
        if requirement.marker and not entry.checked(self.interpreter.admits, str(requirement.marker)):
            return
        name = canonicalize_name(requirement.name)
        if requirement.url:
            self._direct(entry, requirement.url, line, name, hashes)
        elif version := re.fullmatch(r"={2,3}([^,*]+)", str(requirement.specifier)):
            self.pins.append(Pin(name, str(entry.checked(parse_version, version[1])), hashes, line))
        elif not constraint:
            self.unpinned.append((name, entry, written))

    def _direct(self, entry: Entry, value: str, line: int, name: str, hashes: tuple[str, ...] = ()) -> None:
        """A requirement from elsewhere than an index: only a wheel's name says which version that is."""
        place = entry.checked(address, value.split(";")[0].split("#")[0].strip())
        if place in (".", "./"):
            return
        try:
            found, version, *_ = parse_wheel_filename(unquote(urlsplit(place).path).rpartition("/")[2])
        except ValueError:
            if name == "starlette":
                right = "write starlette==… or the address of a wheel"
                raise entry.refusal(f"{shown(place)} does not say which version it is; {right}") from None
            self.unversioned.append(canonicalize_name(name or _last_word(value)))
            return
        self.pins.append(Pin(name or found, str(version), hashes, line, place))


def _last_word(value: str) -> str:
    """The name that an address without one most likely is of: its egg, or its last part."""
    egg = re.search(r"#(?:.*&)?egg=([\w.-]+)", value)
    path = value.partition("#")[0].rstrip("/").rpartition("/")[2]
    return egg[1] if egg else re.sub(r"(\.git)?(@.*)?$", "", path)


def _parse(text: str) -> Requirement:
    try:
        return Requirement(text)
    except ValueError:
        raise ValueError(f"{shown(text)} is no requirement; write one such as starlette==0.27.0") from None


def _logical(file: Text) -> Iterator[tuple[int, str]]:
    """The lines without comments, continued ones joined, each with the number of its first."""
    first, joined = 0, ""
    for number, line in enumerate(file.lines, 1):
        first = first or number
        comment = re.match(r"\s*#", line)
        joined += " " if comment else line.removesuffix("\\")
        if line.endswith("\\") and not comment:
            continue
        if text := re.sub(r"(^|\s)#.*", "", joined).strip():
            yield first, text
        first, joined = 0, ""
    if text := re.sub(r"(^|\s)#.*", "", joined).strip():
        yield first, text
