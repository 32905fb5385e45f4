"""Reads what the user named: a lock file, an interpreter, or a requirement."""

import os
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from itertools import product
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from harness.environments.inspection import inspect
from harness.environments.interpreter import find_interpreter, interpreter_in, version_of
from harness.environments.model import Environment
from harness.releases.index import Index, parse_version
from harness.support.errors import UserError
from harness.upgrade.locks import read_lock
from harness.upgrade.pins import Pin, Pins, ordered

# What the probe runs on.
_OLDEST = ">=3.8"
# Which minor versions are looked for to tell what there is.
_MINORS = range(8, 20)
_EXAMPLES = 'a lock file, an interpreter such as .venv/bin/python, or a requirement such as "starlette==0.27.0"'


@dataclass(frozen=True, slots=True)
class Subject:
    """What one side starts from: its pins, and the environment itself where it is there already."""

    pins: Pins
    existing: Environment | None = None

    @property
    def python(self) -> str:
        """The interpreters that it can be installed for, as `Pins.python` has them."""
        return f"=={self.existing.python.rpartition('.')[0]}.*" if self.existing else self.pins.python


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of distributions other than Starlette; `text` is what the user wrote."""

    text: str
    requirements: tuple[Requirement, ...]


class Newest(Enum):
    """The newest release that is allowed by what is pinned beside it."""

    NEWEST = "newest"


NEWEST = Newest.NEWEST
# What the before side is with one change: a release, the newest one, or other distributions.
Target = str | Newest | Wish


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, and the interpreter that they are installed for."""

    before: Subject
    after: Subject | Target
    interpreter: Path


def read_sides(before: str, after: str | Newest, python: str, index: Index, needed: Collection[str] = ()) -> Sides:
    """Read `--from` and `--to` for the CPython *python*, or for one that both can be installed for.

    Raises:
        UserError: one of them cannot be read, or says of what is *needed* more than one thing, or there is no such
            interpreter.
    """
    interpreter = _choose(python)
    while True:
        old = _read("--from", before, interpreter, index, needed)
        new = _target(after, index) or _read("--to", str(after), interpreter, index, needed)
        _must_fit(python, old, new)
        # What is there already runs on its own Python, whatever the other side takes.
        stated = [new.python] if isinstance(new, Subject) and new.existing else []
        fitting = _choose(python, *(stated or [old.python, new.python if isinstance(new, Subject) else ""]))
        if fitting == interpreter:
            return Sides(old, new, interpreter)
        # What a lock pins may depend on the interpreter.
        interpreter = fitting


def _read(option: str, text: str, interpreter: Path, index: Index, needed: Collection[str]) -> Subject:
    """Read the value of *option*, as *interpreter* would install it."""
    path = Path(text)
    if not text.strip():
        raise UserError(f"{option}: it is empty; name {_EXAMPLES}")
    if path.is_dir() or (_is_python(path) and os.path.lexists(path)):
        environment = inspect(interpreter_in(option, path))
        return Subject(_installed(text, environment), environment)
    if path.is_file():
        return Subject(_with_starlette(read_lock(path, _markers(interpreter), needed), f"{option} {text}"))
    if "==" not in text:
        raise UserError(f"{option} {text}: there is no such file; name {_EXAMPLES}")
    return Subject(_with_starlette(_requirement(option, text, index), f"{option} {text}"))


def _target(after: str | Newest, index: Index) -> Target | None:
    """What *after* changes of the side before, where it is not a side of its own."""
    return after if isinstance(after, Newest) else _release(after, index) or _wish(after)


def _wish(text: str) -> Wish | None:
    """The requirements in *text*, where it is some of distributions other than Starlette and no file."""
    words = re.sub(r"\s*([=<>!~]=?=?)\s*", r"\1", text).split()
    try:
        found = tuple(Requirement(word) for word in words)
    except InvalidRequirement:
        return None
    plain = [each for each in found if each.specifier and not each.url and not each.marker]
    others = all(canonicalize_name(each.name) != "starlette" for each in found)
    return Wish(text, found) if found and others and len(plain) == len(found) else None


def _installed(source: str, environment: Environment) -> Pins:
    """What is installed in an environment; of what has no version, or metadata of several, none is known."""
    versions: dict[str, set[str]] = {}
    for name, _, version in (each.partition("==") for each in environment.freeze):
        versions.setdefault(name, set()).add(version)
    versions["starlette"] = {environment.release}
    known: dict[str, Pin] = {}
    for name, (version, *more) in versions.items():
        with suppress(ValueError):
            if not more:
                known[name] = Pin(name, version)
    return Pins(source, ordered(known.values()), unversioned=tuple(sorted(versions.keys() - known.keys())))


def _release(text: str, index: Index) -> str | None:
    """The release in `starlette==X`, where *text* is just that."""
    match = re.fullmatch(r"\s*starlette\s*==\s*([^\s=]+)\s*", text, re.IGNORECASE)
    if match is None:
        return None
    try:
        return _spelled(match[1], index)
    except ValueError as error:
        raise UserError(f"{text}: {error}") from None


def _must_fit(python: str, *sides: Subject | Target) -> None:
    """Refuse a *python* that is not the one of an environment which is there already."""
    for own in [each.existing.python for each in sides if isinstance(each, Subject) and each.existing]:
        if python and not f"{own}.".startswith(f"{python}."):
            raise UserError(
                f"--python {python}: an environment is run as it is, and this one is of {own}; leave it out"
            )


def _choose(wanted: str, *stated: str) -> Path:
    """The interpreter to install for: what the user wants, else one that all that is *stated* admits."""
    if wanted and not re.fullmatch(r"3\.\d+(\.\d+)?", wanted):
        raise UserError(f"--python {wanted}: this is no version of CPython; write one such as 3.12")
    exact = f"~={wanted}.0" if wanted.count(".") == 1 else f"=={wanted}"
    admitted = [[exact]] if wanted else [each.split("||") for each in stated if each]
    ways = [SpecifierSet(",".join([_OLDEST, *way])) for way in product(*admitted)]
    fitting = [found for way in ways if (found := find_interpreter(way))]
    if not fitting:
        raise UserError(
            f"needs CPython {' or '.join(map(str, ways))}, and none was found on this machine, which has"
            f" {', '.join(map(str, _present()))}; install one, or use --python"
        )
    # The one in use comes first, as it does within each of them.
    return max(fitting, key=lambda each: (each == find_interpreter(SpecifierSet()), version_of(each)))


def _present() -> list[Version]:
    """The newest CPython of each minor version that was found, oldest first."""
    found = (find_interpreter(SpecifierSet(f"==3.{minor}.*")) for minor in _MINORS)
    return sorted(version for each in found if each and (version := version_of(each)))


def _markers(interpreter: Path) -> Mapping[str, str]:
    """What requirements' markers are evaluated with for *interpreter*, on this machine."""
    version = version_of(interpreter)
    here = {key: str(value) for key, value in default_environment().items()}
    if version is None:
        return here
    full = str(version)
    return here | {
        "python_full_version": full,
        "python_version": f"{version.major}.{version.minor}",
        "implementation_version": full,
    }


def _requirement(option: str, text: str, index: Index) -> Pins:
    found: dict[str, Pin] = {}
    for word in re.sub(r"\s*==\s*", "==", text).split():
        try:
            requirement = Requirement(word)
        except InvalidRequirement:
            raise UserError(f"{option} {text}: {word!r} is no requirement; name {_EXAMPLES}") from None
        version = re.fullmatch(r"==([^=*,]+)", str(requirement.specifier))
        if version is None or requirement.marker or requirement.extras:
            right = "write a name and one version, without an extra or a marker, e.g. anyio==4.4.0"
            raise UserError(f"{option} {text}: {word!r} is not so simple as it has to be; {right}")
        name = canonicalize_name(requirement.name)
        if name in found:
            raise UserError(f"{option} {text}: {name} is pinned twice; write it once")
        found[name] = Pin(name, _spelled(version[1], index) if name == "starlette" else version[1])
    return Pins(text, ordered(found.values()), complete=False)


def _spelled(version: str, index: Index) -> str:
    """*version* as the index spells it, if that has it: 0.27 is 0.27.0."""
    return index.known(str(parse_version(version))) or str(parse_version(version))


def _with_starlette(pins: Pins, where: str) -> Pins:
    if "starlette" not in pins:
        raise UserError(f"{where}: it does not pin Starlette, so there is nothing to compare; name one that does")
    return pins


def _is_python(path: Path) -> bool:
    return re.fullmatch(r"python[\d.]*(\.exe)?", path.name) is not None
