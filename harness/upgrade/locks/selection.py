"""What the formats have in common: which entries apply to an interpreter, and that they say one thing of each name."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit, urlunsplit

from packaging.markers import Marker
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from harness.releases.index import parse_version
from harness.upgrade.locks.document import Entry, Text, shown
from harness.upgrade.pins import Pin, Unsettled, ordered

DIGESTS = {"md5": 32, "sha256": 64, "sha384": 96, "sha512": 128, "blake2b": 128}


@dataclass(frozen=True, slots=True)
class Interpreter:
    """The Python that a lock is read for: the values of its environment markers, as PEP 508 names them."""

    markers: Mapping[str, str]

    @property
    def version(self) -> str:
        return self.markers["python_full_version"]

    def admits(self, marker: str, extras: Iterable[str] = ()) -> bool:
        """Whether *marker* holds here, without an extra or with any one of *extras*; an empty one does.

        Raises:
            ValueError: it is no marker.
        """
        if not marker:
            return True
        parsed = _marker(marker)
        return any(parsed.evaluate({**self.markers, "extra": extra}) for extra in ("", *extras))

    def fits(self, specifier: str) -> bool:
        """Whether the version of the Python is one of *specifier*, whose alternatives `||` parts.

        Raises:
            ValueError: it is no specifier.
        """
        return any(SpecifierSet(each).contains(self.version, prereleases=True) for each in specifier.split("||"))


@cache
def _marker(text: str) -> Marker:
    return Marker(text)


def specifier(text: str) -> str:
    """*text*, which says of a lock for which Pythons it is.

    Raises:
        ValueError: it is no specifier.
    """
    SpecifierSet(text)
    return text


def alternatives(entries: Iterable[Entry], fits: Callable[[Entry], bool]) -> list[Entry]:
    """*entries* without those that do not fit, where a name has several: the only one is never left out."""
    entries = list(entries)
    count = Counter(entry.required("name") for entry in entries)
    return [entry for entry in entries if count[entry.required("name")] == 1 or fits(entry)]


def pin_of(entry: Entry, hashes: Iterable[str], origin: str | None = None, index: str = "") -> Pin:
    """The pin of a `[[package]]` table, which has a version."""
    name = entry.checked(named, entry.required("name"))
    version = entry.checked(parse_version, entry.required("version"))
    return Pin(name, str(version), digests(entry, hashes), entry.line, origin, index)


def named(text: str) -> str:
    """The normalized name that *text* is.

    Raises:
        ValueError: it is none.
    """
    return canonicalize_name(text, validate=True)


def digests(entry: Entry, hashes: Iterable[str]) -> tuple[str, ...]:
    """*hashes*, each once, if they are of a form that an installer can compare."""
    found = tuple(dict.fromkeys(hashes))
    for each in found:
        algorithm, _, digest = each.partition(":")
        if not re.fullmatch(rf"[0-9a-f]{{{DIGESTS.get(algorithm, 0)}}}", digest) or not digest:
            raise entry.refusal(f"{shown(each)} is no hash; it is written sha256: and 64 hexadecimal digits")
    return found


def settle(file: Text, pins: Iterable[Pin], interpreter: Interpreter) -> tuple[tuple[Pin, ...], tuple[Unsettled, ...]]:
    """One pin for each name, which may be pinned twice to the same; and the names that are pinned to several."""
    named: dict[str, list[Pin]] = defaultdict(list)
    for pin in pins:
        named[pin.name].append(pin)
    merged = [_merged(file, same, interpreter) for same in named.values()]
    unsettled = [each for each in merged if isinstance(each, Unsettled)]
    return (
        ordered(each for each in merged if isinstance(each, Pin)),
        tuple(sorted(unsettled, key=lambda each: each.name)),
    )


def _merged(file: Text, pins: list[Pin], interpreter: Interpreter) -> Pin | Unsettled:
    first = pins[0]
    for other in pins[1:]:
        if (other.version, other.origin) != (first.version, first.origin):
            where = f"line {other.line}" if other.line else "another place"
            both = f"both apply to Python {interpreter.version}"
            refusal = file.refusal(
                first.line,
                f"pins {_spoken(first)}, and {where} pins {_spoken(other)}: {both}; keep one of the two, or lock for"
                " one environment",
            )
            versions = " or ".join(dict.fromkeys(pin.version for pin in pins))
            reason = f"the lock has it in more than one way for Python {interpreter.version}"
            return Unsettled(first.name, versions, reason, str(refusal))
    return replace(first, hashes=tuple(dict.fromkeys(each for pin in pins for each in pin.hashes)))


def _spoken(pin: Pin) -> str:
    return f"{pin.name} {pin.version}{f' from {pin.origin}' if pin.origin else ''}"[:100]


def address(text: str) -> str:
    """A URL without the user's name and password, which belong into no report. Other text as it stands.

    Raises:
        ValueError: it looks like a URL and is none.
    """
    if "://" not in text:
        return text
    parts = urlsplit(text)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def git_origin(url: str, commit: str, subdirectory: str = "") -> str:
    """The direct reference to a commit."""
    url = address(url if url.startswith("git+") else f"git+{url}")
    return f"{url}@{commit}" + (f"#subdirectory={subdirectory}" if subdirectory else "")
