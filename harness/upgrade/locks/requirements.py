"""Reads a requirements.txt with pins, as pip-tools, uv and `pip freeze` write it.

`-r` and `-c` are followed to files in the folder of the lock or below it; an address is never asked, only named.
What they pin has the line that names them; what a constraint pins counts as pinned, and what it only limits
counts for nothing. Variables in it stay as they are written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name, parse_wheel_filename

from harness.releases.index import parse_version
from harness.upgrade.locks.document import Entry, Text, load, shown
from harness.upgrade.locks.selection import Interpreter, address, digests, settle
from harness.upgrade.pins import Pin, Pins, Unsettled

_INCLUDES = {"-r": "requirement", "--requirement": "requirement", "-c": "constraint", "--constraint": "constraint"}
_INDEXES = ("-i", "--index-url", "--pypi-url")
_BESIDE = ("--extra-index-url", "-f", "--find-links")
_EDITABLE = ("-e", "--editable")
_IGNORED = (
    "--no-index", "--pre", "--prefer-binary", "--require-hashes", "--no-binary",
    "--only-binary", "--trusted-host", "--use-feature",
)  # fmt: skip


def read(file: Text, interpreter: Interpreter) -> Pins:
    """Read the file and what it includes.

    Raises:
        UserError: a line is no requirement, or an included file cannot be read.
    """
    reading = Reading(file, interpreter)
    reading.read(file)
    return reading.pinned()


@dataclass(slots=True)
class Reading:
    """What was found so far in a lock and in what it includes.

    `unpinned` are the requirements that pin nothing by their names. `index` is the index of all of them,
    unless there are some `beside` it.
    """

    lock: Text
    interpreter: Interpreter
    pins: list[Pin] = field(default_factory=list)
    unpinned: dict[str, Unsettled] = field(default_factory=dict)
    index: str = ""
    indexes: set[str] = field(default_factory=set)
    beside: list[str] = field(default_factory=list)
    unversioned: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    seen: set[tuple[Path, bool]] = field(default_factory=set)

    def pinned(self, python: str = "") -> Pins:
        """All of it, for the interpreters *python*, which is a specifier."""
        index = "" if self.beside else self.index
        pins = [pin if pin.origin or pin.index else replace(pin, index=index) for pin in self.pins]
        settled, ambiguous = settle(self.lock, pins, self.interpreter)
        names = {pin.name for pin in pins}
        unpinned = [each for each in self.unpinned.values() if each.name not in names]
        return Pins(
            source=str(self.lock.path),
            pins=settled,
            file=self.lock.path,
            python=python,
            indexes=tuple(sorted(self.indexes)),
            unversioned=tuple(self.unversioned),
            extra_indexes=tuple(dict.fromkeys(self.beside)),
            unsettled=(*ambiguous, *sorted(unpinned, key=lambda each: each.name)),
            unread=tuple(dict.fromkeys(self.unread)),
        )

    def read(self, file: Text, line: int | None = None, constraint: bool = False) -> None:
        """Read *file*, which *line* of the lock includes where it is not the lock itself."""
        if (key := (file.path.resolve(), constraint)) in self.seen:
            return
        self.seen.add(key)
        for number, text in _logical(file):
            self.take(Entry(file, {}, number), text, line or number, constraint)

    def take(self, entry: Entry, text: str, line: int, constraint: bool = False) -> None:
        """Read one line, which *entry* blames, as if it stood on *line* of the lock."""
        if text.startswith("-"):
            self._option(entry, text, line, constraint)
        else:
            self._requirement(entry, text, line, constraint)

    def _option(self, entry: Entry, text: str, line: int, constraint: bool) -> None:
        option = re.match(r"(--[\w-]+|-\w|-+)[\s=]*", text)
        name = option[1] if option else text
        value = text[option.end() :] if option else ""
        if name in _INCLUDES and "://" in value:
            self.unread.append(entry.checked(address, value.strip("\"'")))
        elif name in _INCLUDES:
            self.read(self._included(entry, value), line, constraint or _INCLUDES[name] == "constraint")
        elif name in _INDEXES:
            self.index = entry.checked(address, value)
            self.indexes.add(self.index)
        elif name in _BESIDE:
            self.beside.append(entry.checked(address, value))
            self.indexes |= {self.beside[-1]} if name == "--extra-index-url" else set()
        elif name in _EDITABLE:
            self._direct(entry, value, line, "")
        elif name not in _IGNORED:
            raise entry.refusal(f"{shown(name)} is no option of a requirements file; write requirements such as a==1.2")

    def _included(self, entry: Entry, value: str) -> Text:
        """The file that a line names, if it lies in the folder of the lock or below."""
        path = entry.file.path.parent / value.strip("\"'")
        inside = self.lock.path.parent.resolve()
        try:
            fits = value != "" and path.resolve().is_relative_to(inside)
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
        elif version := _exact(requirement.specifier):
            self.pins.append(Pin(name, str(entry.checked(parse_version, version)), hashes, line))
        elif not constraint:
            refusal = entry.refusal(f"{shown(written)} pins no single version; write one such as starlette==0.27.0")
            self.unpinned[name] = Unsettled(
                name, str(requirement.specifier), "the lock pins no single version of it", str(refusal)
            )

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


def _exact(specifiers: SpecifierSet) -> str | None:
    """The one version that *specifiers* allow, where one of them names it."""
    named = {each.version for each in specifiers if re.fullmatch("={2,3}", each.operator)}
    fitting = [each for each in named if not each.endswith(".*") and specifiers.contains(each, prereleases=True)]
    return fitting[0] if len(named) == len(fitting) == 1 else None


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
