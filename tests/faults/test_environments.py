"""Environments that are not what they seem: never a better answer than what can be told of them."""

import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.support.exits import Exit
from tests.support.environments import make_environment, site_packages
from tests.support.faults import Take, Yard, one_line, right
from tests.support.miniatures import write_starlette

# What an editable installation leaves: an import finder, which mypy cannot follow.
FINDER = """import sys
from importlib.util import spec_from_file_location


class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name == "starlette":
            here = {source!r} + "/starlette"
            return spec_from_file_location(name, here + "/__init__.py", submodule_search_locations=[here])


sys.meta_path.append(Finder)
"""


class Odd:
    """An environment of somebody's, which a fault makes odd: its interpreter, and where its packages lie."""

    def __init__(self, folder: Path, miniature: str) -> None:
        self.folder = folder
        self.python = make_environment(folder / "venv", [write_starlette(folder, miniature, "1.0")])
        self.site = site_packages(self.python)

    @property
    def metadata(self) -> Path:
        return self.site / "starlette-1.0.dist-info" / "METADATA"


@pytest.fixture
def odd(tmp_path: Path) -> Odd:
    return Odd(tmp_path, "has_bug")


def is_editable(odd: Odd) -> None:
    source = odd.folder / "a checkout"
    source.mkdir()
    shutil.move(odd.site / "starlette", source)
    (odd.site / "finder_of_starlette.py").write_text(FINDER.format(source=str(source)), encoding="utf-8")
    (odd.site / "__editable__.starlette.pth").write_text("import finder_of_starlette\n", encoding="utf-8")


def is_patched(odd: Odd) -> None:
    file = odd.site / "starlette" / "greeting.py"
    file.write_text(file.read_text("utf-8").replace("raise AssertionError", "str"), encoding="utf-8")


def greets_when_it_starts(odd: Odd) -> None:
    (odd.site / "sitecustomize.py").write_text("print('hello')\n", encoding="utf-8")


def has_metadata_of_two(odd: Odd) -> None:
    other = odd.site / "starlette-0.10.0.dist-info"
    shutil.copytree(odd.metadata.parent, other)
    text = odd.metadata.read_text("utf-8").replace("Version: 1.0", "Version: 0.10.0")
    (other / "METADATA").write_text(text, encoding="utf-8")


def lies_in_a_zip_file(odd: Odd) -> None:
    with zipfile.ZipFile(odd.folder / "all.zip", "w") as archive:
        for file in (odd.site / "starlette").rglob("*.*"):
            archive.write(file, file.relative_to(odd.site))
    shutil.rmtree(odd.site / "starlette")
    (odd.site / "archive.pth").write_text(f"{odd.folder / 'all.zip'}\n", encoding="utf-8")


def has_no_init(odd: Odd) -> None:
    (odd.site / "starlette" / "__init__.py").unlink()


ODDITIES: dict[Callable[[Odd], None], tuple[Exit, list[str]]] = {
    is_editable: (Exit.DIFFERS, ["has 2 bugs", "this is true as it is", "not installed there, but read from"]),
    is_patched: (Exit.DIFFERS, ["has 1 bug", "this is true as it is", "of its files greeting.py changed after"]),
    greets_when_it_starts: (Exit.DIFFERS, ["has 1 bug", "where the interpreter prints something"]),
    has_metadata_of_two: (Exit.NOT_OBSERVED, ["could not be told", "Starlette 0.10.0 and 1.0 lie side by side"]),
    lies_in_a_zip_file: (Exit.NOT_OBSERVED, ["could not be told", "install Starlette unpacked"]),
    has_no_init: (Exit.NOT_OBSERVED, ["could not be told", "install Starlette unpacked"]),
}


@pytest.mark.parametrize("oddity", ODDITIES, ids=lambda each: each.__name__)
def test_check_of_one_that(yard: Yard, odd: Odd, oddity: Callable[[Odd], None], seen: Take) -> None:
    oddity(odd)
    code, words = ODDITIES[oddity]
    seen(right(yard.command("check", "--python", odd.python), code, *words))


@pytest.mark.parametrize("oddity", [is_editable, is_patched], ids=lambda each: each.__name__)
def test_upgrade_from_one_that(yard: Yard, odd: Odd, oddity: Callable[[Odd], None], seen: Take) -> None:
    oddity(odd)
    _, (_, *words) = ODDITIES[oddity]
    ended = yard.command("upgrade", "--from", odd.python, "--to", "starlette==1.1")
    seen(right(ended, Exit.AS_EXPECTED, *words))


def test_upgrade_from_one_that_has_metadata_of_two(yard: Yard, odd: Odd, seen: Take) -> None:
    has_metadata_of_two(odd)
    ended = yard.command("upgrade", "--from", odd.python, "--to", "starlette==1.1")
    seen(right(ended, Exit.NOT_OBSERVED, "could not be told", "before: inconclusive, wrong_starlette"))


def calls_itself_banana(odd: Odd) -> None:
    odd.metadata.write_text("Metadata-Version: 2.1\nName: starlette\nVersion: banana\n", encoding="utf-8")


def has_metadata_of_garbage(odd: Odd) -> None:
    odd.metadata.write_bytes(b"\xff\xfe\0" * 1000)


def ends_when_it_starts(odd: Odd) -> None:
    (odd.site / "sitecustomize.py").write_text("import os\nos._exit(0)\n", encoding="utf-8")


def lost_its_base(odd: Odd) -> None:
    odd.python.unlink()
    odd.python.symlink_to("/gone/bin/python3")


def is_of_pypy(odd: Odd) -> None:
    said = "import sys; sys.implementation.name = 'pypy'; exec(open(sys.argv[-1]).read())"
    odd.python.unlink()
    odd.python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -c "{said}" "$@"\n', encoding="utf-8")
    odd.python.chmod(0o755)


REFUSALS: dict[Callable[[Odd], None], str] = {
    calls_itself_banana: "'banana' is not a version",
    has_metadata_of_garbage: "no metadata says which release",
    ends_when_it_starts: "no Python that can be checked: it said nothing",
    lost_its_base: "it leads to /gone/bin/python3, which is gone; make the environment again",
    is_of_pypy: "the bugs are those of CPython; name a CPython",
}


@pytest.mark.parametrize("command", ["check --python", "upgrade --to starlette==1.1 --from"])
@pytest.mark.parametrize("oddity", REFUSALS, ids=lambda each: each.__name__)
def test_refused_is_one_that(yard: Yard, odd: Odd, oddity: Callable[[Odd], None], command: str, seen: Take) -> None:
    oddity(odd)
    ended = yard.command(*command.split(), odd.python)
    seen(one_line(ended, Exit.WRONG_USE, REFUSALS[oddity]))
    assert ended.stdout == ""


def test_another_distribution_has_no_version_and_one_has_two(yard: Yard, odd: Odd, seen: Take) -> None:
    """Neither is the business of an upgrade of Starlette's."""
    for place, name, version in [("a", "pytz", "2004d-x"), ("b-1", "b", "1"), ("b-2", "b", "2")]:
        folder = odd.site / f"{place}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    ended = yard.command("upgrade", "--from", odd.python, "--to", "starlette==1.1")
    seen(right(ended, Exit.AS_EXPECTED, "fixes #2 and #1"))


def test_conda_laid_it_out(yard: Yard, tmp_path: Path, seen: Take) -> None:
    """Its interpreter is no link, nor is there a pyvenv.cfg."""
    real, place = Path(os.path.realpath(sys.executable)), tmp_path / "conda"
    library = place / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    (library / "site-packages").mkdir(parents=True)
    (place / "conda-meta").mkdir()
    (place / "bin").mkdir()
    shutil.copy(real, place / "bin" / "python")
    for each in Path(os.__file__).parent.iterdir():
        if each.name != "site-packages":
            (library / each.name).symlink_to(each)
    for each in real.parent.parent.glob("lib/libpython*"):
        (place / "lib" / each.name).symlink_to(each)
    with zipfile.ZipFile(write_starlette(tmp_path, "has_bug", "1.0")) as wheel:
        wheel.extractall(library / "site-packages")
    seen(right(yard.command("check", "--python", place), Exit.DIFFERS, "has 2 bugs"))


def test_its_starlette_lies_about_its_version(yard: Yard, tmp_path: Path, seen: Take) -> None:
    odd = Odd(tmp_path, "lies_about_its_version")
    ended = yard.command("check", "--python", odd.python)
    seen(right(ended, Exit.NOT_OBSERVED, "imported Starlette 0.0.1, asked for 1.0"))
