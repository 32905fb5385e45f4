"""Reads every `case.toml`: the one module that does. All of a file's errors are shown together."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.catalogue.case import Case, Facts
from harness.catalogue.marks import Mark, read_marks
from harness.catalogue.rules import check_files, check_imports, check_together, problems
from harness.releases.index import Index
from harness.releases.profiles import Profiles
from harness.support.errors import UserError
from harness.support.toml import LARGEST, Problem, problems_of, read_toml


def load_catalogue(directory: Path, index: Index, profiles: Profiles) -> tuple[Case, ...]:
    """Every case below *directory*, by name.

    Raises:
        UserError: a case file is wrong; the message lists every problem of every file.
    """
    found: list[str] = []
    read = [read_case(path, index, profiles, found) for path in sorted(directory.glob("*/case.toml"))]
    cases = tuple(case for case in read if case is not None)
    found += check_together(cases) if len(cases) == len(read) else ()
    if found:
        raise UserError("\n".join(found))
    if not cases:
        raise UserError(f"{directory}: no case here; each is a directory with a case.toml")
    return cases


def read_case(path: Path, index: Index, profiles: Profiles, found: list[str]) -> Case | None:
    """Read one file. Each thing wrong with it is added to *found*, with the file and the key."""
    directory = path.parent
    where = f"cases/{directory.name}/case.toml"
    try:
        document = read_toml(path)
    except ValueError as error:
        found.append(f"{where}: {error}")
        return None
    if unfit := sorted(each.name for each in directory.rglob("*") if _is_unfit(each)):
        right = f"a case has regular files of no more than {LARGEST} bytes each"
        found.append(f"{where}: {', '.join(unfit)}: it cannot be read whole; {right}")
        return None
    facts, wrong = _read_facts(document, profiles)
    marks, misread = _read_marks(directory)
    wrong += [*check_files(directory), *misread]
    wrong += check_imports(directory, testclient="environment" in facts and facts["environment"].testclient)
    wrong += problems(directory.name, facts, marks, index, profiles)
    found.extend(": ".join(filter(None, (where, *problem))) for problem in wrong)
    if wrong or marks is None:
        return None
    return Case.model_construct(**facts, name=directory.name, directory=directory, marks=marks)


def _is_unfit(path: Path) -> bool:
    """Whether a file of a case never ends, or is too large to be read."""
    if path.is_file():
        return path.stat().st_size > LARGEST
    # An editor leaves hidden links to nothing.
    return not path.is_dir() and not path.name.startswith(".")


def _read_facts(document: Mapping[str, Any], profiles: Profiles) -> tuple[dict[str, Any], list[Problem]]:
    """The keys that could be read, with their defaults, and what is wrong with the others."""
    facts, wrong = problems_of(Facts, document, known={"profiles": list(profiles)})
    if facts is not None:
        return dict(facts), []
    blamed = {key.partition(".")[0] for key, _ in wrong}
    kept: dict[str, Any] = {}
    for key, field in Facts.model_fields.items():
        entries = document.get(key)
        if key in blamed or any(each.startswith(f"{key}[") for each in blamed):
            if isinstance(entries, list) and key not in blamed:
                # The entries that are right keep their places: one wrong entry hides no rule about the others.
                kept[key] = tuple(
                    None if f"{key}[{n}]" in blamed else _alone(key, [each])[0] for n, each in enumerate(entries)
                )
        else:
            kept[key] = _alone(key, entries) if key in document else field.get_default()
    return kept, list(wrong)


def _alone(key: str, value: object) -> Any:
    """The value of one key that is right, read by itself."""
    return getattr(Facts.__pydantic_validator__.validate_assignment(Facts.model_construct(), key, value), key)


def _read_marks(directory: Path) -> tuple[frozenset[Mark] | None, list[Problem]]:
    """The marks of a case's typing check, None where there are none to be read."""
    program = directory / "typing_check.py"
    if not program.is_file():
        return None, []
    try:
        return read_marks(program), []
    except ValueError as error:
        return None, [("", line) for line in str(error).splitlines()]
