"""Scripts as reporters write them: a miniature Starlette for each shape, with right and with wrong answers."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from harness.bisection.judging import judge_script, learn
from harness.bisection.script import Script, Symptom, Wish, read_script
from harness.environments.inspection import inspect
from harness.environments.model import Environment
from harness.judgement.observation import Observation
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from harness.support.errors import UserError
from repros.engine import Program, observe
from tests.support.environments import make_environment, site_packages
from tests.support.miniatures import write_starlette

SECONDS = 30.0
# What the environments of these tests have besides: the tools' own pytest, as a layer would.
TOOLS = ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments", "py.py")
MINIATURES = ("has_bug", "fixed", "lacks_the_module", "hangs", "raises_elsewhere", "needs_a_helper")
WARN = 'warnings.warn("greet less", DeprecationWarning)'
MORE = {"warns": f"import warnings\n\n\ndef greet(name):\n    {WARN}\n    return name\n"}


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Environment]:
    """One for each miniature."""
    folder = tmp_path_factory.mktemp("miniatures")
    found = {}
    for name in (*MINIATURES, *MORE):
        wheel = write_starlette(folder / name, name if name in MINIATURES else "fixed", "1.0")
        python = make_environment(folder / name / "venv", [wheel])
        if name in MORE:
            (site_packages(python) / "starlette" / "greeting.py").write_text(MORE[name], encoding="utf-8")
        found[name] = replace(inspect(python), intact=True)
    return found


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tools")
    site = Path(pytest.__file__).parent.parent
    for path in (path for name in TOOLS for path in (site / name, *site.glob(f"{name}-*.dist-info"))):
        (folder / path.name).symlink_to(path)
    return folder


@dataclass(frozen=True)
class Bench:
    """Runs a script where the bug is, lets it learn, and judges it elsewhere."""

    environments: Mapping[str, Environment]
    folder: Path
    tools: Path

    def script(self, text: str, **wish: Any) -> Script:
        file = self.folder / "report.py"
        file.write_text(text, encoding="utf-8")
        return read_script(Wish(file, **wish))

    def run(self, script: Script, where: str) -> Observation:
        seconds = 2.0 if where == "hangs" else SECONDS
        (seen,) = observe(
            self.environments[where], [Program(script.file, None, self.tools, script.through)], seconds=seconds
        )
        return seen

    def learned(self, text: str, where: str = "has_bug", **wish: Any) -> Script:
        script = self.script(text, **wish)
        return learn(script, self.environments[where], self.run(script, where))

    def judge(self, script: Script, where: str) -> Judgement:
        return judge_script(script, script.task.check, self.environments[where], self.run(script, where))

    def verdicts(self, script: Script, *places: str) -> Sequence[Verdict]:
        return [self.judge(script, where).verdict for where in places]


@pytest.fixture
def bench(environments: Mapping[str, Environment], tmp_path: Path, tools: Path) -> Bench:
    return Bench(environments, tmp_path, tools)


GREET = "from starlette.greeting import greet\n"
TESTS = f"import pytest\n{GREET}\n\n"
MAIN = 'if __name__ == "__main__":\n'
UNITTEST = (
    f"import unittest\n{GREET}\n\nclass Greets(unittest.TestCase):\n    def test_it(self):\n"
    '        self.assertEqual(greet("ada"), "Hello, ada!")\n\n\nif __name__ == "__main__":\n    unittest.main()\n'
)
# Each raises where it is affected and does not where it is fixed.
SHAPES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "prints": (f'{GREET}print("hello")\nprint(greet("ada"))\n', {}),
    "asserts itself": (
        f'{GREET}try:\n    said = greet("ada")\nexcept AssertionError:\n    said = ""\nassert said\n',
        {},
    ),
    "leaves": (
        f'import sys\n{GREET}try:\n    greet("ada")\nexcept AssertionError:\n    sys.exit(1)\n',
        {"symptom": Symptom.EXIT_CODE},
    ),
    "leaves either way": (
        f'import sys\n{GREET}try:\n    greet("ada")\nexcept AssertionError:\n    sys.exit("no")\nsys.exit(0)\n',
        {"symptom": Symptom.EXIT_CODE},
    ),
    "unittest.main()": (UNITTEST, {"symptom": Symptom.EXIT_CODE}),
    "pytest.main()": (
        f'import sys\n{TESTS}def test_it():\n    greet("ada")\n\n\n{MAIN}    sys.exit(pytest.main([__file__]))\n',
        {"symptom": Symptom.EXIT_CODE},
    ),
    "a function that nothing calls": (f'{TESTS}def test_it():\n    assert greet("ada")\n', {}),
    "a class that nothing calls": (UNITTEST, {}),
    "pytest.main() that nobody hears": (
        f'{TESTS}def test_it():\n    greet("ada")\n\n\n{MAIN}    pytest.main([__file__])\n',
        {},
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_shows_the_bug_and_its_absence(bench: Bench, shape: str) -> None:
    text, wish = SHAPES[shape]
    script = bench.learned(text, **wish)
    assert bench.verdicts(script, "has_bug", "fixed") == [Verdict.AFFECTED, Verdict.UNAFFECTED]


def test_a_program_that_does_not_end_shows_that_and_one_that_does_not(bench: Bench) -> None:
    script = bench.learned(f'{GREET}greet("ada")\n', "hangs", symptom=Symptom.HANG)
    assert bench.verdicts(script, "hangs", "fixed", "has_bug") == [
        Verdict.AFFECTED,
        Verdict.UNAFFECTED,
        Verdict.INCONCLUSIVE,
    ]
    assert bench.judge(bench.script(f'{GREET}greet("ada")\n'), "hangs").reason is Reason.TIMED_OUT


def test_a_warning_of_a_category_is_the_symptom_and_another_failure_is_not(bench: Bench) -> None:
    text = f'{GREET}greet("ada")\n'
    wish: Mapping[str, Any] = {"symptom": Symptom.WARNING, "category": "DeprecationWarning"}
    script = bench.learned(text, "warns", **wish)
    assert script.learned
    assert (script.learned.name, script.learned.message) == ("DeprecationWarning", "greet less")
    assert bench.verdicts(script, "warns", "fixed", "has_bug") == [
        Verdict.AFFECTED,
        Verdict.UNAFFECTED,
        Verdict.INCONCLUSIVE,
    ]
    other = bench.learned(text, "warns", symptom=Symptom.WARNING, category="ResourceWarning")
    assert bench.verdicts(other, "warns") == [Verdict.UNAFFECTED]


def test_the_same_exception_from_another_file_is_another(bench: Bench) -> None:
    script = bench.learned(f'{GREET}greet("ada")\n')
    assert bench.verdicts(script, "raises_elsewhere") == [Verdict.INCONCLUSIVE]


def test_an_assertion_of_the_script_is_told_from_another_by_its_line(bench: Bench) -> None:
    text = f'{GREET}try:\n    said = greet("ada")\nexcept AssertionError as error:\n    said = error\n'
    script = bench.learned(f"{text}assert isinstance(said, str)\nassert said != 'Hello, ada!'\n")
    judged = bench.judge(script, "fixed")
    assert (judged.verdict, judged.reason) == (Verdict.INCONCLUSIVE, Reason.OTHER_EXCEPTION)


def test_a_feature_that_is_not_there_is_told_as_that_and_is_not_free_of_the_bug(bench: Bench) -> None:
    script = bench.learned(f'{GREET}greet("ada")\n')
    judged = bench.judge(script, "lacks_the_module")
    assert (judged.verdict, judged.reason) == (Verdict.NOT_APPLICABLE, Reason.NO_SUCH_FEATURE)


@pytest.mark.parametrize(
    "asked",
    ["import starlette\nstarlette.nothing\n", f'{GREET}greet("ada", loudly=True)\n', f"{GREET}greet()\n"],
)
def test_an_attribute_or_an_argument_that_the_script_asks_for_is_a_feature(bench: Bench, asked: str) -> None:
    judged = bench.judge(bench.script(asked), "fixed")
    assert (judged.verdict, judged.reason) == (Verdict.NOT_APPLICABLE, Reason.NO_SUCH_FEATURE)


ELSEWHERE = "import starlette, json\n"
NOT_LEARNED: Mapping[str, tuple[str, str, str]] = {
    "a module that the script imports": (
        "import nowhere\nimport starlette\n",
        "has_bug",
        "name the package that has nowhere",
    ),
    "a module that Starlette imports": (
        f'{GREET}greet("ada")\n',
        "needs_a_helper",
        "name the package that has tiny_helper",
    ),
    "a module of another Python": (
        f"{ELSEWHERE}exec(compile('import asyncio; asyncio.nothing', json.__file__, 'exec'))\n",
        "has_bug",
        "or with this Python",
    ),
    "a package that is asserted": (
        f"{ELSEWHERE}exec(compile(\"raise AssertionError('`a` must be installed')\", json.__file__, 'exec'))\n",
        "has_bug",
        "is a package that is missing",
    ),
    "a signature of another package": (
        f"{ELSEWHERE}exec(compile('import json; json.dumps()', json.__file__, 'exec'))\n",
        "has_bug",
        "is a disagreement with another package",
    ),
}


@pytest.mark.parametrize(("text", "where", "said"), NOT_LEARNED.values(), ids=NOT_LEARNED)
def test_what_is_wrong_with_the_surroundings_is_learned_only_by_request(
    bench: Bench, text: str, where: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        bench.learned(text, where)
    script = bench.learned(text, where, imports=True)
    assert script.learned


def test_an_exit_code_after_a_failed_import_is_not_learned_and_not_taken_for_the_bug(bench: Bench) -> None:
    text = UNITTEST.replace("        self", "        import nowhere\n        self")
    with pytest.raises(UserError, match="an import failed before it left with exit code 1"):
        bench.learned(text, symptom=Symptom.EXIT_CODE)
    same_code = bench.script(text, symptom=Symptom.EXIT_CODE).model_copy(update={"code": 1})
    assert bench.verdicts(same_code, "fixed") == [Verdict.INCONCLUSIVE]


def test_an_exit_code_that_nobody_asked_for_tells_nothing(bench: Bench) -> None:
    judged = bench.judge(bench.script(f"{GREET}raise SystemExit(1)\n"), "fixed")
    assert (judged.verdict, judged.reason) == (Verdict.INCONCLUSIVE, Reason.EXITED)


@pytest.mark.parametrize(
    "tests", ["def test_it():\n    pytest.skip()\n", "class TestNothing:\n    def test(self, x): ...\n"]
)
def test_tests_that_do_not_run_are_never_good(bench: Bench, tests: str) -> None:
    assert bench.judge(bench.script(TESTS + tests), "fixed").verdict is Verdict.INCONCLUSIVE


REFUSED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "leave --exit-code out, and pytest runs it": ("def test_it(): ...\n", {"symptom": Symptom.EXIT_CODE}),
    "it drops the exit code of pytest.main()": ("import pytest\npytest.main()\n", {"symptom": Symptom.EXIT_CODE}),
    "--warns is for a program": ("def test_it(): ...\n", {"symptom": Symptom.WARNING, "category": "Warning"}),
}


@pytest.mark.parametrize(("said", "shape"), REFUSED.items())
def test_a_shape_that_cannot_show_what_is_looked_for_is_refused(
    bench: Bench, said: str, shape: tuple[str, Mapping[str, Any]]
) -> None:
    with pytest.raises(UserError, match=said.replace("(", r"\(").replace(")", r"\)")):
        bench.script(shape[0], **shape[1])


@pytest.mark.parametrize(
    ("text", "through"),
    [
        ("def test_it(): ...\ntest_it()\n", False),
        ("@app.route('/')\ndef test_page(): ...\n", False),
        ("routes = [Route('/', test_page)]\ndef test_page(): ...\n", False),
        ("@pytest.mark.anyio\nasync def test_it(): ...\n", True),
        ("class TestApp:\n    app = 1\n", False),
    ],
)
def test_only_what_nothing_calls_is_run_by_pytest(bench: Bench, text: str, through: bool) -> None:
    assert bool(bench.script(text).through) is through


def test_python_of_these_tests_is_the_one_that_has_pytest(environments: Mapping[str, Environment]) -> None:
    here = ".".join(map(str, sys.version_info[:3]))
    assert {each.python for each in environments.values()} == {here}
