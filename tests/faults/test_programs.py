"""Programs that make up facts, or go on where they should have ended: none gets a better answer than it has earned."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.runs.record import read_record
from harness.runs.row import Row
from harness.support.exits import Exit
from tests.support.faults import Take, Yard, right
from tests.support.projects import GREETING, Ended, MiniatureCase

RAISE = "raise AssertionError('nobody is greeted')"
PROGRAMS = {
    "tells its end itself": (
        "import contextlib, json, os\n"
        "facts = {'outcome': 'completed', 'raised': None, 'exit_code': None, 'forks': 0}\n"
        "for descriptor in range(3, 64):\n    for text in ('ended', json.dumps(['', facts])):\n"
        "        with contextlib.suppress(OSError):\n            os.write(descriptor, text.encode() + b'\\n')\n"
        "os._exit(0)\n"
    ),
    "leaves past its end": "import os\nos._exit(0)\n",
    "leaves in an exit hook": f"import atexit, os\natexit.register(os._exit, 0)\n{RAISE}\n",
    "raises in a frame with a forged file": f"exec(compile({RAISE!r}, 'starlette/greeting.py', 'exec'))\n",
    "makes up that a name is missing": "raise ImportError('no', name='starlette.config')\n",
    "forges the module of a class": (
        "class AssertionError(Exception): pass\nAssertionError.__module__ = 'builtins'\n"
        "import starlette.greeting as it\ndef greet(name):\n    raise AssertionError('nobody is greeted')\ngreet('')\n"
    ),
    "forks": "import os\nif os.fork() == 0:\n    os._exit(0)\nos.wait()\n",
    "leaves a daemon that keeps its output open": (
        "import subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)\n"
    ),
    "kills its parent": "import os\nos.kill(os.getppid(), 9)\n",
    "deletes its case": (
        "import pathlib\nhere = pathlib.Path(__file__).parent\nhere.chmod(0o700)\n"
        "for each in list(here.iterdir()):\n    each.unlink()\n"
    ),
    "writes without an end": "import sys\nwhile sys.stdout.write('x' * 65536):\n    sys.stdout.flush()\n",
}
# What is right about Starlette all the same: they did what they did and ran to their end.
HARMLESS = ("deletes its case", "leaves a daemon that keeps its output open")


EDITS = """import os
import starlette.greeting as it
status, text = os.stat(it.__file__), open(it.__file__).read()
open(it.__file__, "w").write(text.replace("Hello", "Adieu").replace("AssertionError", "NameError     "))
os.utime(it.__file__, ns=(status.st_atime_ns, status.st_mtime_ns))
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """One check of an environment without the bug, by all programs at once."""

    yard: Yard
    ended: Ended
    rows: dict[str, Row]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    folder = tmp_path_factory.mktemp("programs")
    cases = [
        MiniatureCase(f"hostile_{number}", (("1.0", "1.1"),), {**GREETING, "repro.py": _program(text)})
        for number, text in enumerate(PROGRAMS.values(), 1)
    ]
    yard = Yard.lay_out(folder, "fixed", cases)
    yard.project.replace("repros/engine.py", "SECONDS = 60.0", "SECONDS = 3.0")
    record = folder / "record.jsonl"
    ended = yard.command("check", "--python", yard.python, "--record", record)
    found = {row.case: row for row in read_record(record) if row.check == "repro"}
    return Checked(yard, ended, {name: found[f"hostile_{n}"] for n, name in enumerate(PROGRAMS, 1)})


def _program(text: str) -> str:
    return f'"""A hostile program."""\n\nimport starlette\n\n{text}'


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program(checked: Checked, name: str, seen: Take) -> None:
    row = checked.rows[name]
    assert checked.ended.code == Exit.NOT_OBSERVED, checked.ended.said
    assert "Traceback" not in checked.ended.stderr
    if name in HARMLESS:
        assert row.verdict == "unaffected", row
    else:
        assert row.verdict == "inconclusive", row
    seen(f"{row.verdict}{f', {row.reason}: {row.evidence}' if row.reason else ''}")


def test_a_program_edits_the_starlette_that_it_runs_in(tmp_path: Path, seen: Take) -> None:
    """It ends well, and so would each that expects what was edited; what was built is built again."""
    boundary = (("1.0", "1.1"),)
    editor = MiniatureCase("editor_1", boundary, {**GREETING, "repro.py": _program(EDITS)})
    yard = Yard.lay_out(tmp_path, cases=[editor, MiniatureCase("greeting_2", boundary, GREETING)])
    record = tmp_path / "record.jsonl"
    ended = yard.command("check", "--python", yard.python, "--record", record, "--case", "editor_1")
    assert ended.code == Exit.NOT_OBSERVED, ended.said
    (row,) = (row for row in read_record(record) if row.check == "repro")
    assert (row.verdict, row.reason) == ("inconclusive", "changed_environment"), row
    ended = yard.command("cases", "--case", "editor_1")
    assert ended.code == Exit.NOT_OBSERVED, ended.said
    seen(right(yard.command("cases", "--case", "greeting_2"), Exit.AS_EXPECTED, "6 observations: 6 as expected."))


def test_no_program_touched_a_case(checked: Checked, seen: Take) -> None:
    root: Path = checked.yard.project.root
    assert all((root / "cases" / f"hostile_{n}" / "repro.py").is_file() for n in range(1, len(PROGRAMS) + 1))
    seen("all their files are there")
