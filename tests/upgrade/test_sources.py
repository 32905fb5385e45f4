"""Which interpreter both sides are read and installed for, and what is said where there is none."""

from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from harness.support.errors import UserError
from harness.upgrade import sources
from harness.upgrade.sources import read_sides
from tests.support.factories import index
from tests.upgrade.test_lock_files import package, pdm_lock, poetry_lock, written

INDEX = index("1.0.0")
IN_USE = "3.11.7"
FOUND = ("3.8.18", "3.9.7", "3.10.13", IN_USE, "3.13.0")


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with these interpreters, each at a path that is called like it; the one in use comes first."""

    def find(wanted: SpecifierSet) -> Path | None:
        fitting = [version for version in FOUND if version in wanted]
        return Path(IN_USE if IN_USE in fitting else max(fitting, key=Version)) if fitting else None

    monkeypatch.setattr(sources, "find_interpreter", find)
    monkeypatch.setattr(sources, "version_of", lambda path: Version(path.name))


def lock(folder: Path, pythons: str) -> Path:
    old = package('markers = "python_version < \\"3.11\\""', version="0.41.2")
    new = package('markers = "python_version >= \\"3.11\\""', version="0.46.0")
    return written(folder, "poetry.lock", poetry_lock(old, new, pythons=pythons))


@pytest.mark.parametrize(
    ("pythons", "python", "starlette"),
    [
        (">=3.9,<3.9.7 || >3.9.7,<3.11", "3.10.13", "0.41.2"),
        ("^3.8 || ^3.10", IN_USE, "0.46.0"),
        ("<3.9 || >=3.12", "3.13.0", "0.46.0"),
        ("~3.8 || 3.11.7", IN_USE, "0.46.0"),
        ("~3.11 || ~3.13", IN_USE, "0.46.0"),
        ("3.9.7 | 3.7.*", "3.9.7", "0.41.2"),
        ("*", IN_USE, "0.46.0"),
    ],
)
def test_one_of_the_alternatives_is_enough(pythons: str, python: str, starlette: str, tmp_path: Path) -> None:
    sides = read_sides(str(lock(tmp_path, pythons)), "starlette==1.0.0", "", INDEX)
    assert not isinstance(sides.before, str)
    assert (str(sides.interpreter), sides.before.pins.starlette.version) == (python, starlette)


def test_both_sides_have_to_fit(tmp_path: Path) -> None:
    (tmp_path / "after").mkdir()
    before, after = lock(tmp_path, "~3.9 || ~3.10 || ~3.13"), lock(tmp_path / "after", "<3.9 || >=3.10,<3.13")
    assert str(read_sides(str(before), str(after), "", INDEX).interpreter) == "3.10.13"


def test_targets_of_pdm_are_alternatives(tmp_path: Path) -> None:
    targets = "".join(f'[[metadata.targets]]\nrequires_python = "=={each}.*"\n' for each in ("3.7", "3.9"))
    file = written(tmp_path, "pdm.lock", pdm_lock(targets + package()))
    assert str(read_sides(str(file), "starlette==1.0.0", "", INDEX).interpreter) == "3.9.7"


@pytest.mark.parametrize(
    ("pythons", "python", "wanted"),
    [("~3.12 || ~3.14", "", [">=3.8", "==3.12.*", "==3.14.*"]), ("*", "3.12", ["~=3.12.0"]), ("<3.8", "", ["<3.8"])],
)
def test_where_none_fits_those_that_were_found_are_named(
    pythons: str, python: str, wanted: list[str], tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="needs CPython") as caught:
        read_sides(str(lock(tmp_path, pythons)), "starlette==1.0.0", python, INDEX)
    assert all(each in str(caught.value) for each in wanted)
    found = "3.8.18, 3.9.7, 3.10.13, 3.11.7, 3.13.0"
    assert f"none was found on this machine, which has {found}; install one, or use --python" in str(caught.value)


def test_what_the_cases_need_must_be_one_version(tmp_path: Path) -> None:
    file = written(tmp_path, "requirements.txt", "starlette==0.27.0\njinja2>=3\n")
    assert read_sides(str(file), "starlette==1.0.0", "", INDEX)
    with pytest.raises(UserError, match="'jinja2>=3' pins no single version"):
        read_sides(str(file), "starlette==1.0.0", "", INDEX, {"jinja2"})
