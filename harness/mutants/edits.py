"""The edits of a mutant: read from the newest release as it is installed, never written to it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from harness.catalogue.case import Case, Mutant
from harness.environments.installation import site_packages
from harness.environments.model import Environment
from harness.support.errors import UserError

# The text of each file that a mutant changes, by its path below site-packages.
Edited = Mapping[Path, str]


def read_edits(cases: Iterable[Case], environment: Environment) -> Mapping[str, Edited]:
    """What the mutant of each case makes of the files of *environment*, in which nothing is changed.

    Raises:
        UserError: an edit does not apply exactly once; the message lists every one of every case.
    """
    problems: list[str] = []
    edits = {case.name: _edited(case, environment, problems) for case in cases if case.mutant}
    if problems:
        raise UserError("\n".join(problems))
    return edits


def read_files(files: Iterable[Path], environment: Environment) -> Edited:
    """What the *files* of an *environment* that can be edited hold."""
    site = site_packages(environment.interpreter)
    return {file: _text(site, file) for file in files}


def _edited(case: Case, environment: Environment, problems: list[str]) -> Edited:
    """Apply the edits of *case*, one after the other; what is wrong with one is added to *problems*."""
    site = site_packages(environment.interpreter)
    texts: dict[Path, str] = {}
    for number, mutant in enumerate(case.mutant):
        try:
            file = _only_file(site, mutant)
            text = texts[file] if file in texts else _text(site, file)
            texts[file] = _replaced(text, file, mutant, environment.release)
        except ValueError as error:
            problems.append(f"cases/{case.name}/case.toml: mutant[{number}].{error}")
    return texts


def _only_file(site: Path, mutant: Mutant) -> Path:
    found = sorted(path.relative_to(site) for path in site.glob(mutant.file) if path.is_file())
    if len(found) == 1:
        return found[0]
    seen = f"{len(found)} files, {found[0]} and {found[1]} among them" if found else "no file"
    raise ValueError(f"file: {mutant.file} matches {seen}; write a path below site-packages that matches exactly one")


def _text(site: Path, file: Path) -> str:
    try:
        return (site / file).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"file: {file} is no text in UTF-8; write the path of a file that is") from None


def _replaced(text: str, file: Path, mutant: Mutant, release: str) -> str:
    if (times := text.count(mutant.find)) != 1:
        found = f"found {times} times in {file} of Starlette {release}"
        raise ValueError(f"find: {found}; write text that it has exactly once")
    return text.replace(mutant.find, mutant.replace)
