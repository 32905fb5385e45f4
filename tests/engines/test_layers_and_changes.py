"""Programs of one visit: each sees its own layer, and what one changes in the environment is noted from there on."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from harness.judgement.observation import Observation, Outcome
from harness.support import processes
from repros import client
from repros.engine import Program, observe
from tests.engines.conftest import Bench, outcomes
from tests.support.environments import site_packages


def write_package(folder: Path, name: str, version: str = "1") -> Path:
    """Put a package into *folder*, as an installer would."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.py").write_text(f"VERSION = {version!r}\n", encoding="utf-8")
    (folder / f"{name}-{version}.dist-info").mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (folder / f"{name}-{version}.dist-info" / "METADATA").write_text(metadata, encoding="utf-8")
    return folder


def test_each_program_has_its_layer_and_its_drivers_and_no_other(bench: Bench, tmp_path: Path) -> None:
    one, other = write_package(tmp_path / "one", "thing"), write_package(tmp_path / "other", "thing", "2")
    drivers = write_package(tmp_path / "drivers", "driver")
    programs = [
        Program(bench.write("import thing, driver; assert thing.VERSION == '1'", "a_1"), one, drivers),
        Program(bench.write("import thing; assert thing.VERSION == '2'", "b_2"), other),
        Program(bench.write("import driver", "c_3"), None, drivers),
        Program(bench.write("import thing", "d_4")),
    ]
    seen = bench.observe(*programs)
    assert outcomes(seen) == ["completed", "completed", "completed", "raised"], seen
    own = bench.target.freeze
    assert [each.freeze for each in seen] == [(*own, "thing==1"), (*own, "thing==2"), own, own]
    assert [each.used for each in seen] == [(*own, "thing==1"), (*own, "thing==2"), own, own]


def test_neither_a_layer_nor_drivers_shadow_what_the_environment_has(bench: Bench, tmp_path: Path) -> None:
    layer, drivers = write_package(tmp_path / "layer", "starlette", "9"), write_package(tmp_path / "drivers", "json")
    write_package(layer, "thing"), write_package(drivers, "thing", "2")
    program = "import json, thing; assert json.loads and thing.VERSION == '1' and starlette.__version__ == '1.0'"
    (seen,) = bench.observe(Program(bench.write(program), layer, drivers))
    assert seen.outcome is Outcome.COMPLETED, seen


def test_all_programs_run_from_one_probe(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Mock(wraps=processes.start)
    monkeypatch.setattr(client, "start", counted)
    layers = [write_package(tmp_path / name, "thing") for name in ("one", "other")]
    bench.observe(*(Program(bench.write("import thing", f"a_{n}"), layer) for n, layer in enumerate(layers)))
    assert counted.call_count == 1


def test_the_modules_of_starlette_that_were_imported_are_told(bench: Bench) -> None:
    imports = "import starlette.greeting\nimport sys\nsys.modules['starlette_admin'] = sys"
    assert [each.imported for each in bench.observe("", imports)] == [
        ("starlette",),
        ("starlette", "starlette.greeting"),
    ]


EDIT = """
import os, starlette.greeting as it
status = os.stat(it.__file__)
text = open(it.__file__).read()
open(it.__file__, "w").write(text.replace("Hello", "Adieu"))
os.utime(it.__file__, ns=(status.st_atime_ns, status.st_mtime_ns))
"""
CHANGES = {
    "edits a file and keeps its size and time stamp": EDIT,
    "adds a file": "open(os.path.join(os.path.dirname(starlette.__file__), 'new.py'), 'w').close()",
    "adds a file in a folder": (
        "inner = os.path.join(os.path.dirname(starlette.__file__), 'inner')\nos.mkdir(inner)\n"
        "open(os.path.join(inner, 'new.py'), 'w').close()"
    ),
    "removes a file": "os.unlink(starlette.__file__)",
    "edits another distribution": (
        "site = os.path.dirname(os.path.dirname(starlette.__file__))\n"
        "open(os.path.join(site, 'starlette-1.0.dist-info', 'METADATA'), 'a').write('more')"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_noted_for_the_program_that_made_it_and_for_those_after_it(own: Bench, change: str) -> None:
    seen = own.observe("", f"import os\n{change}", "")
    assert [each.changed for each in seen] == [False, True, True]


def test_a_change_outlives_the_probe_that_its_program_ends(own: Bench) -> None:
    seen = own.observe("", EDIT + "os.kill(os.getppid(), 9)", "")
    assert outcomes(seen) == ["completed", "died", "completed"]
    assert [each.changed for each in seen] == [False, True, True]


def test_a_change_of_a_layer_or_of_drivers_is_one_too(bench: Bench, tmp_path: Path) -> None:
    for name in ("packages", "drivers"):
        folder = write_package(tmp_path / name, "thing")
        change = "import thing; open(thing.__file__, 'a').write('# more')"
        layer, drivers = (folder, None) if name == "packages" else (None, folder)
        program = Program(bench.write(change, f"case_{name}"), layer, drivers)
        assert [each.changed for each in bench.observe(program)] == [True]


def test_what_leaves_every_file_as_it_was_is_no_change(own: Bench) -> None:
    touch = "import os; os.utime(starlette.__file__)"
    caches = "import os; os.makedirs(os.path.join(os.path.dirname(starlette.__file__), '__pycache__'))"
    link = "import os; os.link(starlette.__file__, 'elsewhere')"
    assert [each.changed for each in own.observe(touch, caches, link, "")] == [False] * 4


def test_where_there_is_much_to_look_at_every_program_of_the_visit_is_doubted(own: Bench) -> None:
    folder = site_packages(own.target.interpreter) / "large"
    folder.mkdir()
    for number in range(3001):
        (folder / f"part_{number}").touch()
    assert [each.changed for each in own.observe("", "")] == [False, False]
    assert [each.changed for each in own.observe(Program(own.write("")), Program(own.write(EDIT, "b_2")))] == [True] * 2


def test_a_case_is_read_only(bench: Bench) -> None:
    program = "import os; assert not os.stat(__file__).st_mode & 0o222, oct(os.stat(__file__).st_mode)"
    assert outcomes(bench.observe(program)) == ["completed"]


def test_what_is_told_of_a_program_names_the_file_that_was_asked_for(bench: Bench) -> None:
    repro = bench.write("raise ValueError(f'in {__file__}')")
    (seen,) = bench.observe(Program(repro))
    assert seen.raised is not None
    assert (seen.raised.file, seen.raised.message) == (str(repro), f"in {repro}")


def test_a_program_that_belongs_to_no_case_has_its_neighbours_in_reach(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("neighbour", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "import os, starlette\nfrom pathlib import Path\nbeside = Path(__file__).with_name('data.txt')\n"
        "assert beside.read_text() == 'neighbour'\nos.unlink(beside)\n",
        encoding="utf-8",
    )
    assert outcomes(bench.observe(Program(script))) == ["completed"]
    assert (tmp_path / "data.txt").exists()


POISON = """
import importlib.util, marshal, os, sys, starlette.greeting as it
file = importlib.util.cache_from_source(it.__file__)
head = open(file, "rb").read(16)
text = open(it.__file__).read().replace("Hello", "Adieu")
with open(file, "wb") as stream:
    stream.write(HEAD + marshal.dumps(compile(text, it.__file__, "exec")))
"""
GREETS = "from starlette.greeting import greet\nassert greet('Ada') == 'Hello, Ada!', greet('Ada')"


@pytest.mark.parametrize("head", ["head", "head[:4] + bytes([1]) + bytes(11)"], ids=["by its time", "unchecked"])
@pytest.mark.parametrize("ending", ["", "os.kill(os.getppid(), 9)"], ids=["ends", "kills the probe"])
def test_bytecode_that_a_program_forged_is_noted_and_used_no_more(
    own: Bench, tmp_path: Path, head: str, ending: str
) -> None:
    kept = tmp_path / "bytecode"

    def seen(name: str, *programs: str) -> tuple[Observation, ...]:
        files = [Program(own.write(each, f"{name}_{number}")) for number, each in enumerate(programs)]
        return observe(own.target, files, 60.0, kept)

    assert [each.changed for each in seen("before", GREETS, GREETS)] == [False, False]
    assert list(kept.rglob("greeting.*.pyc"))
    poisoned = seen("during", POISON.replace("HEAD", head) + ending)
    assert poisoned[0].changed or poisoned[0].outcome is Outcome.DIED
    after = seen("after", GREETS)
    assert (after[0].outcome, after[0].changed) == (Outcome.COMPLETED, False), after


def test_bytecode_of_a_program_s_own_modules_is_no_forgery(own: Bench, tmp_path: Path) -> None:
    program = (
        "import os, sys\nsys.path.insert(0, os.getcwd())\nopen('mine.py', 'w').write('A = 1')\nimport mine\n"
        "open('mine.py', 'w').write('B = 22')\n"
    )
    (seen,) = observe(own.target, [Program(own.write(program))], 60.0, tmp_path / "bytecode")
    assert (seen.outcome, seen.changed) == (Outcome.COMPLETED, False)
