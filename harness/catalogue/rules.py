"""What must hold between the keys of a case, and between a case and the rest: each rule yields what breaks it.

A rule is handed what could be read, so that all of a file's errors are known together.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

from harness.catalogue.case import Boundary, Case, References
from harness.catalogue.marks import Mark
from harness.releases.index import Index
from harness.releases.profiles import TODAY, Profiles
from harness.support.toml import Problem

# What a case's directory holds besides its case.toml.
SHIPPED = ("repro.py", "typing_check.py", "README.md")
_PROGRAMS = ("repro.py", "typing_check.py", "workaround.py")


def problems(
    name: str, facts: Mapping[str, Any], marks: Collection[Mark] | None, index: Index, profiles: Profiles
) -> Iterator[Problem]:
    """Every rule for one case; *facts* holds the keys that were read, *marks* is None where they could not be."""
    if "references" in facts:
        yield from check_name(name, facts["references"], facts.get("aliases", ()))
    symptom = bool(facts.get("symptom"))
    yield from check_boundaries(_entries(facts, "boundaries"), symptom, marks or (), index)
    yield from check_interpreters(facts, profiles)
    if {"boundaries", "open"} <= facts.keys() and not (facts["boundaries"] or facts["open"]):
        yield "boundaries", "there is none; write at least one [[boundaries]], or [[open]] where it is not fixed yet"
    if facts.get("gone") and facts["gone"] not in index:
        yield "gone", f"{facts['gone']} is not on the index; write one of evidence/releases.json"
    if marks is not None and "symptom" in facts and not (symptom or marks):
        right = "write a [[symptom]] or mark a line of typing_check.py # E: <code>"
        yield "symptom", f"nothing tells the sides apart; {right}"
    yield from check_mutant(facts, profiles)
    yield from check_touches(facts)


def check_name(name: str, references: References, aliases: Iterable[str]) -> Iterator[Problem]:
    """The directory's name is an identifier that ends in a number or an advisory that the references have."""
    known = [str(each) for each in (references.issue, references.fix) if each is not None]
    known += [alias.lower().replace("-", "_") for alias in aliases if alias is not None]
    if references.advisory:
        known.append(re.sub(r"\W", "_", references.advisory.rstrip("/").rpartition("/")[2].lower()))
    if not (references.issue or references.fix or references.advisory):
        yield "references", "it is empty; write an issue, a fix or an advisory"
    elif not (name.isidentifier() and not name.startswith("_") and any(name.endswith(f"_{each}") for each in known)):
        right = f"write a Python identifier that starts with the topic and ends in _{' or _'.join(known)}"
        yield "", f"the directory's name does not end in one of its references; {right}"


def check_boundaries(
    boundaries: Iterable[tuple[int, Boundary]], symptom: bool, marks: Collection[Mark], index: Index
) -> Iterator[Problem]:
    """Each lies between neighbours on the index, can be checked on both sides, and is stated once."""
    stated: dict[tuple[str, str, str], str] = {}
    for number, boundary in boundaries:
        at = f"boundaries[{number}]"
        yield from _at(at, check_neighbours(boundary, index))
        yield from _at(at, check_types_on_both_sides(boundary, symptom, marks))
        first = stated.setdefault((boundary.broken, boundary.fixed, boundary.profile), at)
        if first != at:
            yield at, f"it is {first} again; state each boundary once"


def check_neighbours(boundary: Boundary, index: Index) -> Iterator[Problem]:
    """Both sides are final releases on the index, and the fixed one follows the broken one."""
    sides = {"broken": boundary.broken, "fixed": boundary.fixed}
    unknown = {key: version for key, version in sides.items() if version not in index.finals}
    for key, version in unknown.items():
        yield key, f"{version} is not a final release on the index; write one of evidence/releases.json"
    if not unknown and (neighbour := index.after(boundary.broken)) != boundary.fixed:
        message = f"{boundary.fixed} is not the neighbour of {boundary.broken}; {neighbour} follows {boundary.broken}"
        yield "fixed", message


def check_types_on_both_sides(boundary: Boundary, symptom: bool, marks: Collection[Mark]) -> Iterator[Problem]:
    """A marked typing check can be run on both sides."""
    if boundary.untyped and marks:
        telling = "tells the sides apart too" if symptom else "is all that tells the sides apart"
        right = "write a boundary whose sides both ship types, or remove the marks"
        yield "untyped", f"the typing check {telling}, and it cannot be run on a side without types; {right}"


def check_interpreters(facts: Mapping[str, Any], profiles: Profiles) -> Iterator[Problem]:
    """Where a case is stated, there is an interpreter on which its bug can be seen."""
    needs = facts.get("environment")
    if needs is None or not needs.python:
        return
    for key in ("boundaries", "open"):
        for number, stated in _entries(facts, key):
            admits = profiles[stated.profile].python
            if SpecifierSet(f"{admits},{needs.python}").is_unsatisfiable():
                what = f"{stated.profile} runs on CPython {admits} and environment.python is {needs.python}"
                yield f"{key}[{number}].profile", f"{what}; write a profile whose Pythons the case admits"


def check_mutant(facts: Mapping[str, Any], profiles: Profiles) -> Iterator[Problem]:
    """A case has edits that put its bug back, or says why it has none."""
    for number, mutant in _entries(facts, "mutant"):
        if mutant.find == mutant.replace:
            yield f"mutant[{number}].find", "it is the same as replace; the edit must change something"
    needs, admits = facts.get("environment"), profiles[TODAY].python
    if facts.get("mutant") and needs and SpecifierSet(f"{admits},{needs.python}").is_unsatisfiable():
        what = f"it is run under {TODAY}, on CPython {admits}, and environment.python is {needs.python}"
        yield "mutant", f'{what}; write no_mutant = "why there is none" in its place'
    if not {"mutant", "no_mutant", "open"} <= facts.keys():
        return
    if facts["mutant"] and facts["no_mutant"]:
        yield "no_mutant", "there is a [[mutant]] too; remove one of them"
    if not facts["mutant"] and not facts["no_mutant"] and not facts["open"]:
        right = 'write a [[mutant]] that puts the bug back into the newest release, or no_mutant = "why there is none"'
        yield "mutant", f"there is none; {right}"


def check_touches(facts: Mapping[str, Any]) -> Iterator[Problem]:
    """A case that is run says what code has to use for its bug to be reachable, or why no code tells."""
    if not {"touches", "no_touches", "retired"} <= facts.keys():
        return
    if facts["touches"] and facts["no_touches"]:
        yield "no_touches", "there is a [[touches]] too; remove one of them"
    if not (facts["touches"] or facts["no_touches"] or facts["retired"]):
        right = 'write a [[touches]] with the name that code has to use, or no_touches = "why no code tells"'
        yield "touches", f"there is none; {right}"


def check_files(directory: Path) -> Iterator[Problem]:
    """A case ships its programs and its page, and nothing in them is still to be written."""
    missing = [name for name in SHIPPED if not (directory / name).is_file()]
    if missing:
        yield "", f"the directory has no {', '.join(missing)}; every case ships them"
    for name in (*_PROGRAMS, "README.md"):
        for number, line in _lines(directory / name, ("TODO",)):
            if re.search(r"\bTODO\b", line):
                yield "", f"{name}:{number}: {line.strip()[:80]!r} is still to be written"


def check_imports(directory: Path, testclient: bool) -> Iterator[Problem]:
    """No program knows of the harness, and none drives an app through TestClient unless the bug is TestClient's own."""
    for name in _PROGRAMS:
        for number, line in _lines(directory / name, ("harness", "repros", "typing_checks", "tests", "testclient")):
            if re.match(r"\s*(from|import)\s+(harness|repros|typing_checks|tests)\b", line):
                yield "", f"{name}:{number}: a program imports nothing of the harness"
            if not testclient and re.match(r"\s*(from|import)\s+starlette\.testclient\b", line):
                right = "drive the app through raw ASGI, or write testclient = true for a bug of TestClient's own"
                yield "environment.testclient", f"{name}:{number} imports TestClient; {right}"


def _entries(facts: Mapping[str, Any], key: str) -> Iterator[tuple[int, Any]]:
    """The entries of a list that could be read, each with its place."""
    return ((number, each) for number, each in enumerate(facts.get(key, ())) if each is not None)


def _lines(file: Path, words: Collection[str]) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold one of *words*, each with its number; none of one that cannot be read."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        # Whoever reads it for its own sake says so.
        return
    if any(word in text for word in words):
        yield from ((n, line) for n, line in enumerate(text.splitlines(), 1) if any(word in line for word in words))


def check_together(cases: Iterable[Case]) -> Iterator[str]:
    """What must hold over the whole catalogue: an alias belongs to one case, and named cases exist."""
    cases = tuple(cases)
    names = {case.name for case in cases}
    owner: dict[str, str] = {}
    for case in cases:
        where = f"cases/{case.name}/case.toml"
        for number, alias in enumerate(case.aliases):
            first = owner.setdefault(alias, case.name)
            if first != case.name:
                yield f"{where}: aliases[{number}]: {alias} is an alias of {first} already; an alias has one case"
        for number, name in enumerate(case.also_seen_by):
            if name not in names or name == case.name:
                yield f"{where}: also_seen_by[{number}]: {name!r} is not another case; write the name of one"


def _at(place: str, found: Iterable[Problem]) -> Iterator[Problem]:
    for key, message in found:
        yield ".".join(filter(None, (place, key))), message
