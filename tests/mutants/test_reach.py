"""Which programs run what is edited: the functions that an edit is in, and the mark that each leaves when it runs."""

import sys
from pathlib import Path

import pytest

from harness.mutants.reach import marked, marks_of

FILE = Path("starlette/greeting.py")
BEFORE = '''"""Greets."""

from os import path

LANGUAGE = "en"


class Greeter:
    polite = True

    @property
    def word(self):
        """What is said."""
        return "hello"

    async def greet(self, name="ada"):
        def shout():
            return name.upper()

        return shout()


def bye(): return "bye"
'''


@pytest.mark.parametrize(
    ("find", "replace", "functions"),
    [
        ('"hello"', '"hi"', [0]),
        ("name.upper()", "name.lower()", [1]),
        ('return "bye"', "raise ValueError", [2]),
        ("        return shout()\n", "", [1]),
        ('return "hello"', "pass  # nothing", [0]),
        ("polite", "rude", None),
        ('name="ada"', 'name="bob"', None),
        ("import path", "import sep", None),
        ("    @property\n", "", None),
        ("async def greet", "def greet", None),
        ("class Greeter:", "class Greeter(dict):", None),
        ("def bye(): return", "def cry(): return", None),
        ("\n\ndef bye", "\n\ndef cry(): pass\n\n\ndef bye", None),
        ('"bye"', '"bye', None),
    ],
)
def test_an_edit_has_the_functions_that_it_is_in_and_none_where_it_is_in_more(
    find: str, replace: str, functions: list[int] | None
) -> None:
    assert BEFORE.count(find) == 1
    found = marks_of({FILE: BEFORE}, {FILE: BEFORE.replace(find, replace)})
    assert found == (None if functions is None else {f"starlette.ran.starlette.greeting.{n}" for n in functions})


def test_what_is_no_python_has_no_functions() -> None:
    file = Path("starlette-1.1.dist-info/METADATA")
    assert marks_of({file: "Name: starlette\n"}, {file: "Name: starlette\nVersion: 2\n"}) is None


def test_a_comment_is_in_no_function() -> None:
    assert marks_of({FILE: BEFORE}, {FILE: BEFORE.replace('"hello"', '"hello"  # as ever')}) == frozenset()


def test_a_function_leaves_its_mark_when_it_runs_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    marks = marks_of({FILE: BEFORE}, {FILE: BEFORE.replace('"hello"', "1").replace('"bye"', "2")})
    assert marks
    names: dict[str, object] = {}
    text = marked({FILE: BEFORE}, marks)[FILE]
    assert "starlette.ran.starlette.greeting.1" not in text
    exec(text, names)
    assert marks.isdisjoint(sys.modules)
    assert names["bye"]() == "bye"  # type: ignore[operator]  # what exec makes has no type
    assert marks.intersection(sys.modules) == {"starlette.ran.starlette.greeting.2"}
