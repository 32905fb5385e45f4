"""The catalogue's own rules, over the real cases."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from harness.catalogue.case import Case
from harness.catalogue.loading import load_catalogue
from harness.support.errors import UserError
from harness.support.paths import CASES
from tests.support.factories import write_case

NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir() and not path.name.startswith((".", "__")))
PROGRAMS = sorted(path for name in NAMES for path in (CASES / name).glob("*.py"))

every_case = pytest.mark.parametrize("name", NAMES)
every_program = pytest.mark.parametrize(
    "program", PROGRAMS, ids=[f"{path.parent.name}/{path.name}" for path in PROGRAMS]
)


def load(name: str) -> Case:
    return next(case for case in load_catalogue() if case.name == name)


def test_every_directory_below_cases_is_a_case() -> None:
    assert NAMES
    assert [case.name for case in load_catalogue()] == NAMES


@every_program
def test_a_program_imports_what_its_case_declares_and_nothing_of_the_harness(program: Path) -> None:
    needs = load(program.parent.name).facts.environment
    declared = {Requirement(text).name.replace("-", "_") for text in (*needs.requires, *needs.optional, *needs.drivers)}
    imported = {module.partition(".")[0] for module in _imports(program)}
    assert imported <= {"starlette"} | declared | sys.stdlib_module_names


def _imports(program: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(program.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {"." * node.level + (node.module or "") for node in nodes if isinstance(node, ast.ImportFrom)}


@every_program
@pytest.mark.parametrize(
    "forbidden", [r"__version__", r"\bversion\(", r"\bTestClient\b", r"\btestclient\b", r"\bsleep\(", r"\bsocket\b"]
)
def test_a_program_reads_no_version_opens_no_port_and_never_sleeps(program: Path, forbidden: str) -> None:
    assert not re.search(forbidden, program.read_text(encoding="utf-8"))


@every_case
def test_a_repro_begins_with_one_sentence_and_the_issues_address(name: str) -> None:
    text = (CASES / name / "repro.py").read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text)) or ""
    sentence, _, address = docstring.rpartition(": ")
    assert text.startswith(f'"""{docstring}"""\n')
    assert address == load(name).facts.links.issue
    assert sentence
    assert not re.search(r"[.!?](\s|$)", sentence)


@every_case
def test_a_readme_cites_the_issue_the_fix_and_every_boundary(name: str) -> None:
    facts = load(name).facts
    readme = (CASES / name / "README.md").read_text(encoding="utf-8")
    versions = {version for each in facts.boundaries for version in (each.broken, each.fixed)}
    named = {facts.links.issue, facts.links.fix} | versions
    assert {text for text in named if not re.search(rf"(?<![\w.]){re.escape(text)}(?!\.?\w)", readme)} == set()


@every_case
def test_a_boundary_whose_sides_are_swapped_is_refused(name: str, tmp_path: Path) -> None:
    programs = {path.name: path.read_text(encoding="utf-8") for path in (CASES / name).iterdir() if path.is_file()}
    text = programs.pop("case.toml")
    for number in range(len(load(name).facts.boundaries)):
        document = tomllib.loads(text)
        boundary = document["boundaries"][number]
        boundary["broken"], boundary["fixed"] = boundary["fixed"], boundary["broken"]
        write_case(tmp_path / str(number) / name, document, programs)
        with pytest.raises(UserError, match=rf"^cases/{name}/case\.toml: boundaries\[{number}\]: .*swap them$"):
            load_catalogue(tmp_path / str(number))
