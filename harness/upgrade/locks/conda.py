"""Reads an environment.yml, and the conda-lock.yml that is made of it.

What conda installs is no distribution of a package index. It counts as pinned, so that what has the same name and
version there can be run in its place; its hash is another one. The `pip` section is read like a requirements.txt.
"""

import re
from collections.abc import Iterator, Mapping

import yaml
from packaging.utils import canonicalize_name

from harness.releases.index import parse_version
from harness.upgrade.locks.document import Entry, Text, shown
from harness.upgrade.locks.requirements import Reading
from harness.upgrade.locks.selection import Interpreter, digests, specifier
from harness.upgrade.pins import CONDA, Pin, Pins, Unsettled

# The one that is written in C is ten times as fast, and refuses what is nested deeper than it bears.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RIGHT = "name an environment.yml, a conda-lock.yml, or what pip freeze writes in the environment"
_NO_VERSION = "the lock pins no single version of it"


def read(file: Text, interpreter: Interpreter) -> Pins:
    """Read the file.

    Raises:
        UserError: it is no YAML, another file of conda, or an entry is not what conda writes.
    """
    if re.search("^@EXPLICIT", file.text, re.MULTILINE):
        raise file.refusal(None, f"this is an explicit list of conda, of files without their names; {_RIGHT}")
    top = _mapping(_composed(file))
    if "environments" in top:
        raise file.refusal(None, f"this is a lock of pixi, which cannot be read; {_RIGHT}")
    reading = Reading(file, interpreter)
    if "package" in top:
        python = _locked(reading, top["package"])
    elif "dependencies" in top:
        python = _environment(reading, top["dependencies"])
    else:
        raise file.refusal(None, f"there are neither dependencies nor packages in it; {_RIGHT}")
    return reading.pinned(python)


def _composed(file: Text) -> yaml.Node | None:
    try:
        return yaml.compose(file.text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or error
        raise file.refusal(mark and mark.line + 1, f"this is no YAML: {said}; {_RIGHT}") from None


def _environment(reading: Reading, dependencies: yaml.Node) -> str:
    """Take what an environment.yml lists, and say for which Pythons it is."""
    python = ""
    # What pip installs comes after what conda does, and in its place.
    sections = [_mapping(each) for each in _items(dependencies)]
    for line in [line for section in sections if "pip" in section for line in _items(section["pip"])]:
        number = line.start_mark.line + 1
        reading.take(Entry(reading.lock, {}, number), _text(line), number)
    for each in _items(dependencies):
        if isinstance(each, yaml.ScalarNode):
            entry = Entry(reading.lock, {}, each.start_mark.line + 1)
            name, version, rest = _spec(entry, _text(each))
            if name == "python":
                python = entry.checked(specifier, f"=={_minor(version)}.*" if version else rest.replace(" ", ""))
            elif version:
                _take(reading, entry, name, version)
            elif name != "pip":
                _leave(reading, entry, name, rest, _text(each))
    return python


def _locked(reading: Reading, packages: yaml.Node) -> str:
    """Take what a conda-lock.yml locks for this platform, and say for which Pythons it is."""
    tables = [(each.start_mark.line + 1, _mapping(each)) for each in _items(packages)]
    here = _platform(reading.interpreter.markers)
    python = ""
    for number, table in tables:
        entry = Entry(reading.lock, {key: _text(value) for key, value in table.items()}, number)
        if entry.text("platform") not in ("", here):
            continue
        name, version = canonicalize_name(entry.required("name")), entry.required("version")
        if entry.text("manager") == "pip":
            digest = _mapping(table.get("hash")).get("sha256")
            hashes = digests(entry, [f"sha256:{_text(digest)}"] if digest else [])
            reading.pins.append(Pin(name, str(entry.checked(parse_version, version)), hashes, number))
        elif name == "python":
            python = entry.checked(specifier, f"=={_minor(version)}.*")
        else:
            _take(reading, entry, name, version)
    return python


def _take(reading: Reading, entry: Entry, name: str, version: str) -> None:
    """Count what conda has as pinned, unless pip puts another one in its place."""
    if name in {pin.name for pin in reading.pins if pin.index != CONDA}:
        return
    try:
        reading.pins.append(Pin(name, str(parse_version(version)), line=entry.line, index=CONDA))
    except ValueError:
        _leave(reading, entry, name, version, f"{name} {version}")


def _leave(reading: Reading, entry: Entry, name: str, version: str, written: str) -> None:
    refusal = entry.refusal(f"{shown(written)} pins no single version; write one such as starlette=0.27.0=py_0")
    reading.unpinned[name] = Unsettled(name, version, _NO_VERSION, str(refusal))


def _spec(entry: Entry, text: str) -> tuple[str, str, str]:
    """The name in a specification of conda's, the one version that it pins or none, and what follows the name."""
    found = re.fullmatch(r"(?:[^\s:\[]+::)?([\w.-]+)\s*(.*)", text)
    if found is None:
        raise entry.refusal(f"{shown(text)} is no package of conda; write one such as starlette=0.27.0")
    rest = re.sub(r"^\[.*version\s*=\s*['\"]?([^'\",\]]+).*\]$", r"\1", found[2])
    exact = re.fullmatch(r"==?\s*([\w.+!-]+)=[^=\s]+|==\s*([\w.+!-]+)|([\w.+!-]+)(?:\s+\S+)?", rest)
    # One equals sign and no build means any version that begins so; of three parts there is one, as a rule.
    exact = exact or re.fullmatch(r"=\s*(\d+\.\d+\.\d+)", rest)
    version = next(filter(None, exact.groups()), "") if exact else ""
    if canonicalize_name(found[1]) == "python" and not version and (begins := re.fullmatch(r"=\s*([\d.]+)", rest)):
        version = begins[1].rstrip(".")
    return canonicalize_name(found[1]), version, rest


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])


def _platform(markers: Mapping[str, str]) -> str:
    """What conda calls the platform of *markers*."""
    system = {"Linux": "linux", "Darwin": "osx", "Windows": "win"}.get(markers["platform_system"], "")
    machine = markers["platform_machine"].lower()
    other = machine if system == "linux" else "arm64"
    return f"{system}-{'64' if machine in ('x86_64', 'amd64') else other}"


def _mapping(node: yaml.Node | None) -> dict[str, yaml.Node]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return {_text(key): value for key, value in pairs}


def _items(node: yaml.Node) -> Iterator[yaml.Node]:
    yield from node.value if isinstance(node, yaml.SequenceNode) else []


def _text(node: yaml.Node) -> str:
    """The text of a scalar as it is written: 3.10 is no number here. Empty for what is none."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
