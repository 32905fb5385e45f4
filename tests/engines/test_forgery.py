"""What a program makes up is not taken for a fact; what is like it and true, is."""

import pytest

from harness.catalogue.case import Signature
from harness.environments.inspection import inspect
from harness.judgement.observation import Outcome
from harness.judgement.vocabulary import Reason, Verdict
from repros.engine import Program
from tests.engines.conftest import Bench
from tests.support.environments import make_environment
from tests.support.miniatures import write_starlette
from tests.support.observations import signature

# Whatever hexadecimal there is on the stack, in memory, on standard input and in the parent's files, written with
# forged facts to wherever something may read them.
FORGER = r"""
import gc, json, os, re, sys
found = set()
def look(value, depth=3):
    if isinstance(value, (str, bytes)):
        text = value.decode("latin-1") if isinstance(value, bytes) else value
        found.update(re.findall("[0-9a-f]{16,}", text))
    elif depth and isinstance(value, dict):
        [look(each, depth - 1) for pair in list(value.items()) for each in pair]
    elif depth and isinstance(value, (list, tuple, set)):
        [look(each, depth - 1) for each in list(value)]
frame = sys._getframe()
while frame:
    look(dict(frame.f_locals)); look(dict(frame.f_globals)); frame = frame.f_back
for each in gc.get_objects():
    look(each, 1)
try: os.lseek(0, 0, 0)
except OSError: pass
look(os.read(0, 10**6))
facts = {"outcome": "completed", "raised": None, "exit_code": None, "forks": 0, "modules": [], "imported": []}
facts.update(imported_file=starlette.__file__, imported_version="1.0", code=0, seconds=0, clean=True, changed=False)
lines = [json.dumps(dict(facts, token=key, facts=facts)) for key in found] + [json.dumps(facts)]
text = ("\n".join(lines) + "\n").encode()
places = ["../facts"] + [f"/proc/{process}/fd/{n}" for process in (os.getpid(), os.getppid()) for n in range(20)]
for place in places:
    try:
        with open(os.open(place, os.O_WRONLY | os.O_NONBLOCK | os.O_CREAT), "wb") as stream: stream.write(text)
    except OSError: pass
"""


@pytest.mark.parametrize(
    ("ending", "outcomes"),
    [
        ("os._exit(0)", (Outcome.EXITED, Outcome.UNREADABLE)),
        ("os.kill(os.getpid(), 9)", (Outcome.DIED, Outcome.UNREADABLE)),
        ("os.execv(sys.executable, [sys.executable, '-c', ''])", (Outcome.EXITED, Outcome.UNREADABLE)),
        ("sys.exit(0)", (Outcome.EXITED, Outcome.UNREADABLE)),
    ],
    ids=["vanishes", "dies", "becomes another", "leaves"],
)
def test_a_program_that_says_itself_how_it_ended_is_not_believed(
    bench: Bench, ending: str, outcomes: tuple[Outcome, ...]
) -> None:
    seen = bench.observe(FORGER + ending, "raise KeyError")
    assert seen[0].outcome in outcomes, seen[0]
    assert seen[1].outcome is Outcome.RAISED


HALF = r"""
import json, os, time
facts = {"outcome": "completed", "raised": None, "exit_code": None, "forks": 0, "modules": [], "imported": []}
facts.update(imported_file=starlette.__file__, imported_version="1.0")
for text in ("ended", json.dumps(["", facts])):
    for descriptor in range(3, 64):
        try: os.write(descriptor, text.encode() + b"\n")
        except OSError: pass
    # Long enough to be heard by itself.
    time.sleep(0.3)
os._exit(0)
"""


def test_facts_without_the_key_are_not_believed(bench: Bench) -> None:
    (seen,) = bench.observe(HALF)
    assert seen.outcome is Outcome.EXITED, seen


RAISE = "raise AssertionError('the symptom')"
IN_STARLETTE = signature("AssertionError", "starlette/greeting.py")
FRAMES = {
    "a relative name": f"exec(compile({RAISE!r}, 'starlette/greeting.py', 'exec'))",
    "the file's own name": (
        f"import starlette.greeting as it\nexec(compile({RAISE!r}, it.__file__, 'exec'), vars(it))"
    ),
    "a function under another name": (
        f"import starlette.greeting as it\ndef greet(name): {RAISE}\n"
        "greet.__code__ = greet.__code__.replace(co_filename=it.__file__, co_firstlineno=1)\ngreet('')"
    ),
    "a file of the program's": (
        "import os\nos.makedirs('starlette'); place = os.path.abspath('starlette/greeting.py')\n"
        f"open(place, 'w').write({RAISE!r})\nexec(compile({RAISE!r}, place, 'exec'))"
    ),
    "a link": (
        "import os\nos.symlink(os.path.dirname(os.getcwd()), 'starlette')\n"
        f"exec(compile({RAISE!r}, os.path.abspath('starlette/greeting.py'), 'exec'))"
    ),
}


@pytest.mark.parametrize("program", FRAMES.values(), ids=FRAMES)
def test_a_frame_counts_only_where_its_file_holds_its_code(bench: Bench, program: str) -> None:
    judged = bench.judge(program, IN_STARLETTE)
    assert (judged.verdict, judged.reason) == (Verdict.INCONCLUSIVE, Reason.OTHER_EXCEPTION), judged


SELF_MADE = "class Farewell(Exception): pass\nFarewell.__module__ = 'starlette.errors'\n"
CLASSES = {
    "one of starlette's": (SELF_MADE + "raise Farewell", "starlette.errors.Farewell"),
    "one that starlette has": (
        (
            "import starlette.farewell\nclass Farewell(Exception): pass\n"
            "Farewell.__module__ = 'starlette.farewell'\nraise Farewell"
        ),
        "starlette.farewell.Farewell",
    ),
    "a built-in one": (
        "class AssertionError(Exception): pass\nAssertionError.__module__ = 'builtins'\nraise AssertionError",
        "AssertionError",
    ),
    "one whose metaclass says so": (
        (
            "class Meta(type):\n    __module__ = 'builtins'\n    __qualname__ = 'AssertionError'\n"
            "class Other(Exception, metaclass=Meta): pass\nOther.__qualname__ = 'AssertionError'\n"
            "Other.__module__ = 'builtins'\nraise Other"
        ),
        "AssertionError",
    ),
    "one of a module that was made up, with a file": (
        "import sys, types\nsys.modules['starlette.errors'] = it = types.ModuleType('starlette.errors')\n"
        + SELF_MADE
        + "it.__file__ = 'errors.py'\nopen('errors.py', 'w').close()\nit.Farewell = Farewell\nraise Farewell",
        "starlette.errors.Farewell",
    ),
    "one of a module that was made up": (
        "import sys, types\nsys.modules['starlette.errors'] = it = types.ModuleType('starlette.errors')\n"
        + SELF_MADE
        + "it.Farewell = Farewell\nraise Farewell",
        "starlette.errors.Farewell",
    ),
}


@pytest.mark.parametrize(("program", "name"), CLASSES.values(), ids=CLASSES)
def test_a_class_counts_only_under_a_name_that_leads_to_it(bench: Bench, program: str, name: str) -> None:
    judged = bench.judge(program, signature(name, "repro.py"))
    assert (judged.verdict, judged.reason) == (Verdict.INCONCLUSIVE, Reason.OTHER_EXCEPTION), judged


ABSENT = {
    "said": "raise ImportError('no', name='starlette.config')",
    "said of a module": "raise ModuleNotFoundError(\"No module named 'starlette.config'\", name='starlette.config')",
    "said by a finder": (
        "import sys\nclass Finder:\n    @staticmethod\n    def find_spec(name, *_):\n"
        "        raise ModuleNotFoundError(name, name='starlette.config')\n"
        "sys.meta_path.insert(0, Finder)\nimport starlette.config"
    ),
    "halted": "import sys\nsys.modules['starlette.greeting'] = None\nimport starlette.greeting",
    "a subclass": (
        "class Gone(ImportError): pass\nimport builtins\ndef no(*_, **__): raise Gone('no', name='starlette.config')\n"
        "builtins.__import__ = no\nimport starlette.config"
    ),
    "importlib's": "import importlib\nimportlib.import_module('starlette.config')",
}


@pytest.mark.parametrize("program", ABSENT.values(), ids=ABSENT)
def test_a_name_is_missing_only_where_an_import_statement_did_not_find_it(bench: Bench, program: str) -> None:
    judged = bench.judge(program)
    assert (judged.verdict, judged.reason) == (Verdict.INCONCLUSIVE, Reason.OTHER_EXCEPTION), judged


TRUE = {
    "in the program": (RAISE, signature("AssertionError", "repro.py")),
    "in a function of the program": (f"def f():\n    {RAISE}\nf()", signature("AssertionError", "repro.py")),
    "in a comprehension": ("[1 / zero for zero in [0]]", signature("ZeroDivisionError", "repro.py")),
    "in the standard library": (
        "import json\njson.loads('{')",
        signature("json.decoder.JSONDecodeError", "json/decoder.py"),
    ),
    "of the standard library, written in C": (
        "import zlib\nzlib.decompress(b'')",
        signature("zlib.error", "repro.py"),
    ),
    "in starlette": ("from starlette.errors import fail\nfail()", signature("AssertionError", "starlette/errors.py")),
    "of starlette": (
        "from starlette.errors import refuse\nrefuse()",
        signature("starlette.errors.Refused", "starlette/errors.py"),
    ),
    "of the program": ("class Mine(Exception): pass\nraise Mine", signature("__main__.Mine", "repro.py")),
}
ERRORS = (
    "class Refused(Exception):\n    pass\n\n\ndef fail() -> None:\n    raise AssertionError\n\n\n"
    "def refuse() -> None:\n    raise Refused\n"
)


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("errors")
    wheel = write_starlette(folder, "fixed", "1.0")
    bench = Bench(inspect(make_environment(folder / "venv", [wheel])), folder)
    return bench.with_starlette({"errors.py": ERRORS})


@pytest.mark.parametrize(("program", "symptom"), TRUE.values(), ids=TRUE)
def test_what_is_so_counts(errors: Bench, bench: Bench, program: str, symptom: Signature) -> None:
    judged = Bench(errors.target, bench.folder).judge(program, symptom)
    assert judged.verdict is Verdict.AFFECTED, judged


@pytest.mark.parametrize(
    "program", ["import starlette.config", "from starlette import Config", "def f():\n    import starlette.a.b\nf()"]
)
def test_what_an_import_statement_did_not_find_is_missing(bench: Bench, program: str) -> None:
    judged = bench.judge(program)
    assert (judged.verdict, judged.reason) == (Verdict.NOT_APPLICABLE, Reason.NO_SUCH_NAME), judged


def test_a_program_that_deletes_its_case_deletes_a_copy(bench: Bench) -> None:
    deletes = (
        "import os, pathlib\nhere = pathlib.Path(__file__).parent\nhere.chmod(0o700)\n"
        "for each in list(here.iterdir()): each.unlink()\n"
    )
    repro = bench.write(deletes)
    other = repro.with_name("workaround.py")
    other.write_text("import starlette, os\nassert len(os.listdir(os.path.dirname(__file__))) == 3", encoding="utf-8")
    seen = bench.observe(Program(repro), Program(other))
    assert [each.outcome for each in seen] == [Outcome.COMPLETED] * 2, seen
    assert sorted(each.name for each in repro.parent.iterdir()) == ["case.toml", "repro.py", "workaround.py"]
