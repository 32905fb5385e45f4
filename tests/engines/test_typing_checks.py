"""mypy's answer about a program: what it means, when it means nothing, and that no program changes another's."""

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from harness.catalogue.case import Check
from harness.catalogue.marks import Mark
from harness.environments.inspection import inspect
from harness.environments.model import Environment
from harness.judgement.judge import judge
from harness.judgement.observation import Observation, Outcome
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from tests.support.environments import make_environment, site_packages
from tests.support.miniatures import write_wheel
from tests.support.observations import Subject, needs
from typing_checks import engine
from typing_checks.engine import observe

FILES = {
    "__init__.py": '__version__ = "1.0"\n',
    "py.typed": "",
    "farewell.py": "class Farewell:\n    def words(self, name: str) -> str:\n        return name\n",
    # As in Starlette, where some of its constants are deprecated.
    "status.py": "HTTP_200_OK = 200\n\n\ndef __getattr__(name: str) -> int:\n    return 0\n",
    "anything.py": "from typing import Any\n\n\ndef __getattr__(name: str) -> Any: ...\n",
    "testclient.py": "from nowhere_installed import Base\n\n\nclass TestClient(Base):\n    pass\n",
    "middleware/__init__.py": "class Middleware:\n    pass\n",
    "middleware/base.py": "from starlette.farewell import Farewell\n\nTIMEOUT: int | None = None\n",
}
BROKEN = {"farewell.py": "class Farewell:\n    def words(self, name: str) -> bytes:\n        return b''\n"}
HEAD = "from starlette.farewell import Farewell\n"
MARKED = "from starlette.farewell import Farewell\n\nwords: str = Farewell().words('Ada')  # E: assignment\n"

Make = Callable[..., Environment]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes an environment with a Starlette of these files; with the same ones it is the same."""
    made: dict[str, Environment] = {}

    def make(files: Mapping[str, str | None] = {}) -> Environment:
        if str(files) not in made:
            folder = tmp_path_factory.mktemp("target")
            contents = {f"starlette/{name}": text for name, text in {**FILES, **files}.items() if text is not None}
            interpreter = make_environment(folder / "venv", [write_wheel(folder, "starlette", "1.0", contents)])
            made[str(files)] = inspect(interpreter)
        return made[str(files)]

    return make


@pytest.fixture(scope="module")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("caches")


@pytest.fixture
def check(tmp_path: Path, caches: Path) -> Callable[..., list[Observation]]:
    """Checks programs, each in a case of its own, in one call."""

    def check(target: Environment, *programs: str) -> list[Observation]:
        files = [tmp_path / f"greeting_{number}" / "typing_check.py" for number in range(len(programs))]
        for file, program in zip(files, programs, strict=True):
            file.parent.mkdir(exist_ok=True)
            file.write_text(program, encoding="utf-8")
        return list(observe(target, files, caches))

    return check


def meaning(target: Environment, seen: Observation, *marks: Mark) -> Judgement:
    return judge(Subject(marks=frozenset(marks), environment=needs()), Check.TYPING, target, seen)


Checks = Callable[..., list[Observation]]


@pytest.mark.parametrize(
    "program",
    [
        HEAD + "words: str = Farewell().words('Ada')\n",
        "import starlette.farewell\nwords: str = starlette.farewell.Farewell().words('Ada')\n",
        "import starlette.farewell as it\nwords: str = it.Farewell().words('Ada')\n",
        "from starlette import farewell\nwords: str = farewell.Farewell().words('Ada')\n",
        "from starlette.farewell import *\nwords: str = Farewell().words('Ada')\n",
        "from starlette import status\ncode: int = status.HTTP_200_OK\n",
        "from starlette import status\n",
        "import starlette.status\ncode: int = starlette.status.HTTP_200_OK\n",
        "from starlette.status import HTTP_200_OK\ncode: int = HTTP_200_OK\n",
        "from starlette.status import HTTP_418_DEPRECATED\ncode: int = HTTP_418_DEPRECATED\n",
        "from starlette import middleware\nfrom starlette.middleware.base import TIMEOUT\nmiddleware.Middleware()\n",
        "import starlette.middleware.base\nprint(starlette.middleware.base.TIMEOUT)\n",
        # A name of the module's is hidden by one of the program's.
        HEAD + "from starlette import farewell\n\n\ndef f(farewell: Farewell) -> str:\n    return farewell.words('')\n",
    ],
)
def test_a_program_that_is_right_is_unaffected(make: Make, check: Checks, program: str) -> None:
    (seen,) = check(make(), program)
    assert meaning(make(), seen).verdict is Verdict.UNAFFECTED, meaning(make(), seen)


SHAPES = {
    "all of it": '''"""It says goodbye."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, overload

from starlette.farewell import Farewell

if TYPE_CHECKING:
    from collections.abc import Iterator


@overload
def say(name: str) -> str: ...
@overload
def say(name: int) -> int:
    ...
def say(name: str | int) -> str | int:
    """Say it."""
    return name


class Polite(Farewell):
    """Says more."""

    mood: str = "good"

    @property
    def name(self) -> str:
        return self.mood

    def words(self, name: str) -> str:
        async def inner() -> str:
            try:
                return super(Polite, self).words(name)
            except ValueError:
                return ""
            finally:
                print(name)

        return asyncio.run(inner())


def each(names: list[str]) -> Iterator[str]:
    for name in names:
        if name == "Ada":
            yield name
        elif name: yield ""
        else:
            while True:
                break
    else:
        print("nobody")
    text = """
from starlette import nothing
"""; more = \\
        text
    with open(more) as file:
        match file.read():
            case "a":
                yield "b"
            case _:
                pass
''',
    "what is never reached, and says so": HEAD
    + """
from typing_extensions import assert_never


def f(x: int | str) -> str:
    if isinstance(x, int):
        return Farewell().words("")
    elif isinstance(x, str):
        return ""
    else:
        assert_never(x)
""",
    "dedented by tabs": HEAD + "def f() -> None:\n\tif Farewell():\n\t\tprint()\n\telse:\n\t\tprint()\n",
    "a main program": HEAD + "import sys\nif __name__ == '__main__':\n    print(Farewell())\n    sys.exit(0)\n",
    "on one line": HEAD
    + "x = 1; y = 2; \\\n  z = 3\nif x: y = x; print(y)\nclass C: a = 1\ndef f() -> int: return x\n",
    "a form feed and other ends of lines": HEAD + "x = 1\n\x0cy = '\u2028'\nif x:\n    print(y, '\x1c')\n",
    "not ASCII": HEAD + "été = 'ä ☃'; print(été)\nprint(Farewell())\n",
}


@pytest.mark.parametrize("program", SHAPES.values(), ids=SHAPES)
def test_every_statement_of_a_program_is_looked_at(make: Make, check: Checks, program: str) -> None:
    (seen,) = check(make(), program)
    assert (seen.outcome, seen.vacuous, seen.errors) == (Outcome.COMPLETED, (), ()), seen


@pytest.mark.parametrize(
    ("program", "unknown"),
    [
        ("from starlette.testclient import TestClient\nTestClient().no(1)\n", "starlette.testclient.TestClient"),
        ("import starlette.testclient\nstarlette.testclient.TestClient().no()\n", "starlette.testclient.TestClient"),
        ("import starlette.testclient as it\nit.TestClient().no(1)\n", "starlette.testclient.TestClient"),
        ("from starlette import testclient as it\nit.TestClient().no()\n", "starlette.testclient.TestClient"),
        ("from starlette.testclient import *\nTestClient().no()\n", "starlette.testclient.TestClient"),
        (
            "def f() -> None:\n    import starlette.testclient\n    class C(starlette.testclient.TestClient): pass\n",
            "starlette.testclient.TestClient",
        ),
        ("from starlette.anything import whatever\nwhatever.no()\n", "starlette.anything.whatever"),
        ("from starlette import anything\nanything.whatever()\n", "starlette.anything.whatever"),
        ("import os\n", "starlette, which it does not import"),
        ("", "starlette, which it does not import"),
    ],
)
def test_what_mypy_takes_for_any_makes_a_check_vacuous(make: Make, check: Checks, program: str, unknown: str) -> None:
    (seen,) = check(make(), program)
    assert seen.vacuous == (unknown,)
    assert meaning(make(), seen).reason is Reason.VACUOUS


SILENT = {
    "for the file": "# mypy: ignore-errors\n" + MARKED,
    "for the file, within a text": '"""\n# mypy: ignore-errors\n"""\n' + MARKED,
    "for its code": "# mypy: disable-error-code=assignment\n" + MARKED,
    "on the first line": "# type: ignore\n" + MARKED,
    "on the marked line": MARKED.replace("# E:", "# type: ignore # E:"),
    "on the marked line, with its code": MARKED.replace("# E:", "# type: ignore[assignment] # E:"),
    "not for type checkers": HEAD
    + "from typing import TYPE_CHECKING\nif not TYPE_CHECKING:\n    words: str = Farewell().words('')\n",
    "for type checkers": HEAD
    + "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    pass\nelse:\n    words: str = Farewell().words('')\n",
    "not for type checkers, on one line": HEAD
    + "import typing\nif not typing.TYPE_CHECKING: words: str = Farewell().words('')\n",
    "left before, on one line": HEAD + "import sys\nx = 1; sys.exit(); words: str = Farewell().words('')\n",
    "left before": HEAD + "import sys\nsys.exit()\nwords: str = Farewell().words('')\n",
    "left before, in a function": HEAD
    + "import sys\n\n\ndef f() -> str:\n    sys.exit()\n    return Farewell().words('')\n",
    "never true": HEAD + "if False:\n    words: str = Farewell().words('')\n",
    "of another Python": HEAD + "import sys\nif sys.version_info < (3,):\n    words: str = Farewell().words('')\n",
    "not checked": HEAD
    + "import typing\n\n\n@typing.no_type_check\ndef f() -> str:\n    return Farewell().words('')\n",
    "after a return": HEAD + "def f() -> str:\n    return ''\n    return Farewell().words('')\n",
}


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT)
def test_what_keeps_mypy_silent_is_seen_through(make: Make, check: Checks, program: str) -> None:
    for target in (make(), make(BROKEN)):
        (seen,) = check(target, program)
        judgement = meaning(target, seen, Mark(3, "assignment"))
        assert (judgement.verdict, judgement.reason) == (Verdict.INCONCLUSIVE, Reason.VACUOUS), judgement


def test_a_mark_tells_the_sides_apart(make: Make, check: Checks) -> None:
    mark = Mark(3, "assignment")
    assert meaning(make(BROKEN), check(make(BROKEN), MARKED)[0], mark).verdict is Verdict.AFFECTED
    assert meaning(make(), check(make(), MARKED)[0], mark).verdict is Verdict.UNAFFECTED


def test_a_fix_that_makes_mypy_stricter_is_marked_by_what_is_not_needed_before_it(make: Make, check: Checks) -> None:
    program = HEAD + "words: bytes = Farewell().words('')  # type: ignore[assignment]  # E: unused-ignore\n"
    mark = Mark(2, "unused-ignore")
    assert meaning(make(BROKEN), check(make(BROKEN), program)[0], mark).verdict is Verdict.AFFECTED
    assert meaning(make(), check(make(), program)[0], mark).verdict is Verdict.UNAFFECTED


@pytest.mark.parametrize(
    ("program", "absent"),
    [
        ("import starlette.nothing\n", "starlette.nothing"),
        ("from starlette.nothing import it\n", "starlette.nothing.it"),
        ("from starlette import nothing\n", "starlette.nothing"),
        ("from starlette.farewell import Nothing\nNothing()\n", "starlette.farewell.Nothing"),
        ("import starlette.farewell\nstarlette.farewell.Nothing()\n", "starlette.farewell.Nothing"),
        ("from starlette import farewell\nfarewell.Nothing()\n", "starlette.farewell.Nothing"),
    ],
)
def test_what_starlette_does_not_have_is_absent(make: Make, check: Checks, program: str, absent: str) -> None:
    (seen,) = check(make(), program)
    assert absent in seen.absent
    assert meaning(make(), seen).reason is Reason.NO_SUCH_NAME


def test_what_starlette_has_and_does_not_export_is_an_error_and_not_absent(make: Make, check: Checks) -> None:
    (seen,) = check(make(), "from starlette.middleware.base import Farewell\nFarewell().words('')\n")
    assert (seen.absent, [each.code for each in seen.errors]) == ((), ["attr-defined"])


def test_an_attribute_of_a_class_is_the_programs_concern(make: Make, check: Checks) -> None:
    (seen,) = check(make(), HEAD + "Farewell.nothing\n")
    assert (seen.absent, [each.code for each in seen.errors]) == ((), ["attr-defined"])


TROUBLE = {
    "a star": ("from starlette.farewell import *\nFarewell()\n", Outcome.COMPLETED),
    "newer syntax": ("from starlette.farewell import Farewell\ntype Old[T] = list[T] if\n", Outcome.UNREADABLE),
    "no program": ("def (\n", Outcome.UNREADABLE),
    "a zero byte": ("\0", Outcome.UNREADABLE),
    "too deep": ("(" * 5000 + ")" * 5000, Outcome.UNREADABLE),
    "no function": ("import starlette\nreturn 1\n", Outcome.COMPLETED),
    "no loop": ("import starlette\nbreak\n", Outcome.UNREADABLE),
    "a stray nonlocal": ("import starlette\nnonlocal x\n", Outcome.COMPLETED),
}


@pytest.mark.parametrize(("program", "outcome"), TROUBLE.values(), ids=TROUBLE)
def test_one_programs_mistake_changes_no_others_verdict(
    make: Make, check: Checks, program: str, outcome: Outcome
) -> None:
    target = make(BROKEN)
    good, bad, other = check(target, MARKED, program, HEAD)
    assert bad.outcome is outcome, bad
    assert meaning(target, good, Mark(3, "assignment")).verdict is Verdict.AFFECTED
    assert meaning(target, other).verdict is Verdict.UNAFFECTED


def test_syntax_of_a_newer_python_than_the_tools_is_unreadable(make: Make, check: Checks, tmp_path: Path) -> None:
    program = "from starlette.farewell import Farewell\n\n\ndef first[T: Farewell](x: list[T]) -> T:\n    return x[0]\n"
    (seen,) = check(make(), program)
    if sys.version_info < (3, 12):
        assert seen.outcome is Outcome.UNREADABLE
        assert "line 4" in seen.detail
    else:
        assert seen.outcome is Outcome.COMPLETED


def test_where_one_run_fails_each_program_has_one_of_its_own(
    make: Make, check: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []
    usual = engine._run

    def run(
        target: Environment, folder: Path, seconds: float, subjects: list[engine._Subject], linked: Path | None
    ) -> engine._Answer:
        runs.append(len(subjects))
        blocked = any("blocks" in subject.guard.planted for subject in subjects)
        failed = engine._Answer({}, {}, "", 0.0, (Outcome.UNREADABLE, "mypy failed: blocked"))
        return failed if blocked else usual(target, folder, seconds, subjects, linked)

    monkeypatch.setattr(engine, "_run", run)
    good, bad, other = check(make(BROKEN), MARKED, HEAD + "# blocks\n", HEAD)
    assert runs == [3, 1, 1, 1]
    assert (good.outcome, bad.outcome, other.outcome) == (Outcome.COMPLETED, Outcome.UNREADABLE, Outcome.COMPLETED)


def test_a_target_without_types_is_not_asked(make: Make, check: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    target = make({"py.typed": None})
    monkeypatch.setattr(engine, "_run", None)
    (seen,) = check(target, MARKED)
    assert meaning(target, seen).reason is Reason.NO_TYPES


FINDER = """
import importlib.util, sys
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "starlette":
            place = {place!r}
            return importlib.util.spec_from_file_location(
                name, place + "/__init__.py", submodule_search_locations=[place]
            )
sys.meta_path.insert(0, Finder)
"""


def editable(target: Environment, folder: Path) -> Environment:
    """Move Starlette's source out of an environment, to where an import finder finds it, and mypy does not."""
    copy = folder / "copy"
    shutil.copytree(target.interpreter.parent.parent, copy, symlinks=True)
    site = site_packages(copy / "bin" / "python")
    source = folder / "source" / "src" / "starlette"
    source.parent.mkdir(parents=True)
    shutil.move(site / "starlette", source)
    (site / "_finder.py").write_text(FINDER.format(place=str(source)), encoding="utf-8")
    (site / "finder.pth").write_text("import _finder\n", encoding="utf-8")
    return inspect(copy / "bin" / "python")


def test_mypy_finds_what_an_import_finder_finds(make: Make, check: Checks, tmp_path: Path) -> None:
    target = editable(make(BROKEN), tmp_path)
    for _ in range(2):
        (seen,) = check(target, MARKED)
        assert seen.imported_file == target.starlette_file
        assert meaning(target, seen, Mark(3, "assignment")).verdict is Verdict.AFFECTED, seen


def test_stubs_that_mypy_prefers_are_not_the_release(make: Make, check: Checks, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(make(BROKEN).interpreter.parent.parent, copy, symlinks=True)
    stubs = site_packages(copy / "bin" / "python") / "starlette-stubs"
    stubs.mkdir()
    (stubs / "__init__.pyi").touch()
    (stubs / "farewell.pyi").write_text(
        "class Farewell:\n    def words(self, name: str) -> str: ...\n", encoding="utf-8"
    )
    target = inspect(copy / "bin" / "python")
    (seen,) = check(target, MARKED)
    assert meaning(target, seen, Mark(3, "assignment")).verdict is Verdict.AFFECTED, seen


def test_where_mypy_does_not_find_starlette_nothing_is_absent(
    make: Make, check: Checks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = editable(make(BROKEN), tmp_path)
    monkeypatch.setattr(engine, "_link", lambda _target, _folder, linked: linked.write_text("[mypy]\n"))
    (seen,) = check(target, MARKED)
    judgement = meaning(target, seen, Mark(3, "assignment"))
    assert (judgement.verdict, judgement.reason) == (Verdict.INCONCLUSIVE, Reason.VACUOUS), judgement


def test_a_release_that_says_another_version_than_its_metadata_is_not_believed(make: Make, check: Checks) -> None:
    target = make({"__init__.py": '__version__ = "0.9"\n'})
    (seen,) = check(target, HEAD)
    assert meaning(target, seen).reason is Reason.WRONG_STARLETTE
