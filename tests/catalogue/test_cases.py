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
from harness.runs.workspace import open_workspace
from harness.support.errors import UserError
from harness.support.paths import CASES
from tests.support.factories import write_case

WORKSPACE = open_workspace()
NAMES = [case.name for case in WORKSPACE.cases]
PROGRAMS = [(case, path) for case in WORKSPACE.cases for path in sorted(case.directory.glob("*.py"))]
# What keeps a program from showing the same on every machine and on every release. To sleep(0) is to let others run.
FORBIDDEN = (
    r"__version__",
    r"\bversion\([\"']starlette\b",
    r"\bsleep\((?!0\))",
    r"\bimport socket\b",
    r"\bsocket\.",
    r"\bperf_counter\b",
)
OWN_TOOLS = (r"\bTestClient\b", r"\btestclient\b")
ADDRESS = (
    r"https://github\.com/(?:(?:encode|Kludex)/starlette/(?:issues|pull|commit|security/advisories)|advisories)/[\w-]+"
)

every_case = pytest.mark.parametrize("case", WORKSPACE.cases, ids=NAMES)
every_program = pytest.mark.parametrize(
    ("case", "program"), PROGRAMS, ids=[f"{path.parent.name}/{path.name}" for _, path in PROGRAMS]
)


def test_every_directory_below_cases_is_a_case() -> None:
    directories = [path.name for path in CASES.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))]
    assert sorted(directories) == NAMES


@every_case
def test_a_directory_holds_a_cases_files_and_nothing_else(case: Case) -> None:
    files = {path.name for path in case.directory.iterdir() if path.name != "__pycache__"}
    assert files - {"workaround.py"} == {"case.toml", "repro.py", "typing_check.py", "README.md"}


@every_program
def test_a_program_imports_what_its_case_declares_and_nothing_of_the_harness(case: Case, program: Path) -> None:
    needs = case.environment
    requirements = (*needs.requires, *needs.optional, *needs.drivers)
    declared = {module for text in requirements for module in _modules_of(Requirement(text))}
    imported = {module.partition(".")[0] for module in _imports(program)}
    assert imported <= {"starlette", "anyio"} | declared | sys.stdlib_module_names


def _modules_of(requirement: Requirement) -> set[str]:
    """The modules that a distribution and its extras may be imported by."""
    names = {requirement.name, *requirement.extras}
    return {name.replace("-", "_") for name in names} | {name.removeprefix("python-") for name in names}


def _imports(program: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(program.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {"." * node.level + (node.module or "") for node in nodes if isinstance(node, ast.ImportFrom)}


@every_program
def test_a_program_reads_no_version_opens_no_port_and_never_sleeps(case: Case, program: Path) -> None:
    forbidden = FORBIDDEN if case.environment.testclient else (*FORBIDDEN, *OWN_TOOLS)
    text = program.read_text(encoding="utf-8")
    assert [pattern for pattern in forbidden if re.search(pattern, text)] == []


@every_case
def test_a_repro_begins_with_one_sentence_and_the_address_of_one_of_its_references(case: Case) -> None:
    text = (case.directory / "repro.py").read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text)) or ""
    sentence, _, address = docstring.rpartition(": ")
    assert text.removeprefix("r").startswith(f'"""{docstring}"""\n')
    assert sentence
    assert not re.search(r"[.!?](\s|$)", sentence)
    known = {str(each) for each in (case.references.issue, case.references.fix) if each is not None}
    known |= {alias.lower() for alias in case.aliases}
    if address != case.references.advisory:
        assert re.fullmatch(ADDRESS, address)
        assert address.rpartition("/")[2].lower() in known


@every_case
def test_a_page_names_every_boundarys_versions(case: Case) -> None:
    page = (case.directory / "README.md").read_text(encoding="utf-8")
    versions = {version for each in case.boundaries for version in (each.broken, each.fixed)}
    assert {each for each in versions if not re.search(rf"(?<![\w.]){re.escape(each)}(?!\.?\w)", page)} == set()


@every_case
def test_nothing_in_a_page_is_still_to_be_filled_in(case: Case) -> None:
    assert "@@" not in (case.directory / "README.md").read_text(encoding="utf-8")


@every_case
def test_a_page_says_by_which_name_people_know_the_bug(case: Case) -> None:
    page = (case.directory / "README.md").read_text(encoding="utf-8")
    assert case.label.removeprefix("#") in page


@every_case
def test_a_page_links_to_nothing_that_is_not_there(case: Case) -> None:
    page = (case.directory / "README.md").read_text(encoding="utf-8")
    linked = [each for each in re.findall(r"\]\(([^)#]+)\)", page) if "://" not in each]
    assert [each for each in linked if not (case.directory / each).exists()] == []


@every_case
def test_a_boundary_whose_sides_are_swapped_is_refused(case: Case, tmp_path: Path) -> None:
    programs = {path.name: path.read_text(encoding="utf-8") for path in case.directory.iterdir() if path.is_file()}
    text = programs.pop("case.toml")
    for number in range(len(case.boundaries)):
        document = tomllib.loads(text)
        boundary = document["boundaries"][number]
        boundary["broken"], boundary["fixed"] = boundary["fixed"], boundary["broken"]
        write_case(tmp_path / str(number) / case.name, document, programs)
        with pytest.raises(UserError) as caught:
            load_catalogue(tmp_path / str(number), WORKSPACE.index, WORKSPACE.profiles)
        (line,) = str(caught.value).splitlines()
        assert line.startswith(f"cases/{case.name}/case.toml: boundaries[{number}]: ")
        assert line.endswith("swap them")
