"""Programs that misbehave in the target: what is observed, what it means, and that nothing is left behind."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from harness.catalogue.case import Check
from harness.environments.inspection import inspect
from harness.environments.model import Environment
from harness.judgement.judge import judge
from harness.judgement.observation import Observation, Outcome
from harness.judgement.vocabulary import Judgement, Reason, Verdict
from repros.engine import Program, observe
from tests.support.environments import make_environment
from tests.support.miniatures import write_starlette
from tests.support.observations import Subject, needs, signature
from tests.support.polling import is_running, until

SYMPTOM = signature("AssertionError", "repro.py", "^the symptom$")
# Limits: for a program that ends, for one that first starts another, and for one that hangs whatever happens.
AMPLE, SHORT, SHORTEST = 60.0, 3.0, 1.0


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    folder = tmp_path_factory.mktemp("a target")
    return inspect(make_environment(folder / "venv", [write_starlette(folder, "fixed", "1.0")]))


@pytest.fixture
def repro(tmp_path: Path) -> Path:
    return tmp_path / "greeting_7" / "repro.py"


def meaning(target: Environment, repro: Path, program: str, seconds: float = AMPLE) -> Judgement:
    """Write, run and judge *program*, which has the words of SYMPTOM to show."""
    repro.parent.mkdir()
    repro.write_text(program, encoding="utf-8")
    seen = observe(target, [Program(repro)], seconds)[0]
    subject = Subject(directory=repro.parent, symptom=(SYMPTOM,), environment=needs())
    return judge(subject, Check.REPRO, target, seen)


@pytest.mark.parametrize(
    ("program", "verdict"),
    [
        ("import starlette", Verdict.UNAFFECTED),
        ("import starlette; raise AssertionError('the symptom')", Verdict.AFFECTED),
        ("import starlette, os; os.rmdir(os.getcwd())", Verdict.UNAFFECTED),
        ("import starlette, sys; sys.stderr.write('x' * 10**7)", Verdict.UNAFFECTED),
        ("import starlette, os; os.close(1)", Verdict.UNAFFECTED),
        ("import starlette, os; assert not os.listdir(), 'the symptom'", Verdict.UNAFFECTED),
        ("import starlette, sys; assert not sys.stdin.read(), 'the symptom'", Verdict.UNAFFECTED),
        (
            "import starlette, sys; assert sys.argv[1:] == [] and __name__ == '__main__', 'the symptom'",
            Verdict.UNAFFECTED,
        ),
    ],
)
def test_a_program_in_order_is_judged_by_how_it_ends(
    target: Environment, repro: Path, program: str, verdict: Verdict
) -> None:
    judgement = meaning(target, repro, program)
    assert judgement.verdict is verdict, judgement


WRITES_EVERYWHERE = r"""import os
for descriptor in range(3, 64):
    try: os.write(descriptor, b'{"code": 0, "clean": true, "facts": {"outcome": "completed"}}\n')
    except OSError: pass
os._exit(0)"""

FAULTS = {
    "leaves": ("import sys; sys.exit(0)", Reason.EXITED, "exit code 0"),
    "leaves_with_a_message": ("import sys; sys.exit('sorry')", Reason.EXITED, "exit code 1"),
    "leaves_by_a_subclass": ("class Bye(SystemExit): pass\nraise Bye(3)", Reason.EXITED, "exit code 3"),
    "vanishes": ("import os; os._exit(0)", Reason.EXITED, "exit code 0"),
    "vanishes_with_a_code": ("import os; os._exit(3)", Reason.EXITED, "exit code 3"),
    "is_killed": ("import os; os.kill(os.getpid(), 9)", Reason.DIED, "signal 9"),
    "aborts": ("import os; os.abort()", Reason.DIED, f"signal {signal.SIGABRT:d}"),
    "dies_after_its_end": ("import atexit, os; atexit.register(os.abort)", Reason.DIED, f"signal {signal.SIGABRT:d}"),
    "prints": (r"print('garbage \0 }{')", Reason.PRINTED, "garbage"),
    "prints_what_looks_like_facts": ('print(\'{"outcome": "completed"}\')', Reason.PRINTED, "outcome"),
    "writes_bytes_that_are_no_text": (r"import os; os.write(1, b'\xff\xfe')", Reason.PRINTED, "standard output"),
    "prints_at_its_exit": ("import atexit; atexit.register(print, 'late')", Reason.PRINTED, "late"),
    "forks": ("import os\nif os.fork():\n    os.wait()", Reason.FORKED, "twice"),
    "forks_a_child_that_leaves": ("import os\nif not os.fork():\n    raise SystemExit\nos.wait()", Reason.FORKED, ""),
    "forks_by_multiprocessing": (
        "import multiprocessing as m\np = m.get_context('fork').Process(target=int)\np.start()\np.join()",
        Reason.FORKED,
        "",
    ),
    "hangs": ("import threading; threading.Event().wait()", Reason.TIMED_OUT, f"after {SHORTEST:g} s"),
    "leaves_a_thread_behind": (
        "import threading; threading.Thread(target=threading.Event().wait).start()",
        Reason.TIMED_OUT,
        f"after {SHORTEST:g} s",
    ),
    "ignores_being_told_to_end": (
        "import signal, threading\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nthreading.Event().wait()",
        Reason.TIMED_OUT,
        "",
    ),
    "never_imports_starlette": ("import sys; del sys.modules['starlette']", Reason.WRONG_STARLETTE, "never imported"),
    "makes_a_starlette_up": (
        "import sys, types\nsys.modules['starlette'] = it = types.ModuleType('starlette')\nit.__file__ = '/fake.py'",
        Reason.WRONG_STARLETTE,
        "/fake.py",
    ),
    "falsifies_the_version": ("import starlette; starlette.__version__ = '9'", Reason.WRONG_STARLETTE, "9"),
    "recurses": ("def f(): f()\nf()", Reason.OTHER_EXCEPTION, "RecursionError"),
    "raises_what_cannot_be_printed": (
        "class Mute(Exception):\n    def __str__(self): raise ValueError\nraise Mute",
        Reason.OTHER_EXCEPTION,
        "Mute",
    ),
    "raises_what_prints_no_text": (
        "class Odd(Exception):\n    def __str__(self): return 7\nraise Odd",
        Reason.OTHER_EXCEPTION,
        "Odd",
    ),
    "raises_a_lone_surrogate": (r"raise ValueError('\udc80')", Reason.OTHER_EXCEPTION, "ValueError"),
    "interrupts_itself": ("raise KeyboardInterrupt", Reason.OTHER_EXCEPTION, "KeyboardInterrupt"),
    "asks_a_question": ("input()", Reason.OTHER_EXCEPTION, "EOFError"),
    "is_no_python": ("def (", Reason.OTHER_EXCEPTION, "SyntaxError"),
    "closes_every_descriptor": ("import os; os.closerange(3, 1000)", Reason.UNREADABLE, "Bad file descriptor"),
    "writes_to_every_descriptor": (WRITES_EVERYWHERE, Reason.UNREADABLE, "where the probe tells its facts"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_inconclusive_for_its_own_reason(target: Environment, repro: Path, fault: str) -> None:
    program, reason, evidence = FAULTS[fault]
    limit = SHORTEST if reason is Reason.TIMED_OUT else AMPLE
    judgement = meaning(target, repro, f"import starlette\n{program}\n", limit)
    assert (judgement.verdict, judgement.reason) == (Verdict.INCONCLUSIVE, reason), judgement
    assert evidence in judgement.evidence


@pytest.mark.parametrize("ending", ["", "raise AssertionError('the symptom')"], ids=["clean", "with the symptom"])
def test_another_starlette_on_the_path_is_never_taken_for_the_one_asked_for(
    target: Environment, repro: Path, tmp_path: Path, ending: str
) -> None:
    other = tmp_path / "other" / "starlette" / "__init__.py"
    other.parent.mkdir(parents=True)
    other.write_text('__version__ = "1.0"\n', encoding="utf-8")
    program = f"import sys\nsys.path.insert(0, {str(tmp_path / 'other')!r})\nimport starlette\n{ending}\n"
    judgement = meaning(target, repro, program)
    assert (judgement.verdict, judgement.reason) == (Verdict.INCONCLUSIVE, Reason.WRONG_STARLETTE)
    assert str(other) in judgement.evidence


def test_a_starlette_beside_the_program_is_not_found(target: Environment, repro: Path) -> None:
    other = repro.parent / "starlette"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("raise AssertionError('the symptom')\n", encoding="utf-8")
    repro.write_text("import starlette\n", encoding="utf-8")
    seen = observe(target, [Program(repro)], AMPLE)[0]
    assert (seen.outcome, seen.imported_file) == (Outcome.COMPLETED, target.starlette_file)


@pytest.mark.parametrize(
    "program",
    [
        "import json; json.dump = json.dumps = None",
        "import os, shutil; shutil.rmtree(os.path.dirname(os.getcwd()))",
        "import os; os.close(0)",
        "import gc; [each.clear() for each in gc.get_objects() if type(each) is dict and 'imported_file' in each]",
    ],
)
def test_what_a_program_breaks_on_its_way_does_not_change_how_it_ended(
    target: Environment, repro: Path, program: str
) -> None:
    assert meaning(target, repro, f"import starlette\n{program}\n").verdict is Verdict.UNAFFECTED


class TestProgramsThatShareAnInterpreter:
    """They are forks of one process, in the order in which they are given."""

    def seen(self, target: Environment, folder: Path, *programs: str) -> tuple[Observation, ...]:
        files = [folder / f"program_{number}.py" for number in range(len(programs))]
        for file, program in zip(files, programs, strict=True):
            file.write_text(f"import starlette\n{program}\n", encoding="utf-8")
        return observe(target, [Program(file) for file in files], SHORT)

    def test_see_nothing_of_each_other(self, target: Environment, tmp_path: Path) -> None:
        meddling = "import os, sys\nsys.path.insert(0, '/nowhere')\nstarlette.mark = 1\nopen('left', 'w').close()"
        watching = "import os, sys\nassert '/nowhere' not in sys.path\nassert not hasattr(starlette, 'mark')"
        watching += "\nassert os.listdir() == [] and sys.argv[0].endswith('program_1.py')"
        assert [each.outcome for each in self.seen(target, tmp_path, meddling, watching)] == [Outcome.COMPLETED] * 2

    @pytest.mark.parametrize(
        ("ending", "outcome"),
        [
            ("import threading; threading.Event().wait()", Outcome.TIMED_OUT),
            ("import os; os.kill(os.getppid(), 9)", Outcome.DIED),
            ("import os; os.killpg(0, 9)", Outcome.DIED),
        ],
        ids=["hangs", "kills the probe", "kills all"],
    )
    def test_do_not_take_each_other_along(
        self, target: Environment, tmp_path: Path, ending: str, outcome: Outcome
    ) -> None:
        seen = self.seen(target, tmp_path, "", ending, "raise KeyError")
        assert [each.outcome for each in seen] == [Outcome.COMPLETED, outcome, Outcome.RAISED]


class TestAChildThatOutlivesItsProgram:
    """The program starts another process, says which, and ends."""

    CHILD = "import subprocess, sys, starlette\nsleeper = [sys.executable, '-c', 'import time; time.sleep(25)']\n"

    @pytest.fixture
    @staticmethod
    def noted(tmp_path: Path) -> Iterator[Path]:
        """Where the program notes its child's process id; the child is ended if nothing else did."""
        note = tmp_path / "child"
        yield note
        with suppress(ProcessLookupError, FileNotFoundError):
            os.kill(int(note.read_text(encoding="utf-8")), signal.SIGKILL)

    def program(self, note: Path, options: str, ending: str = "") -> str:
        started = f"child = subprocess.Popen(sleeper, {options})\n"
        return f"{self.CHILD}{started}open({str(note)!r}, 'w').write(str(child.pid))\ndel child\n{ending}\n"

    def test_is_ended_with_it_and_does_not_change_the_verdict(
        self, target: Environment, repro: Path, noted: Path
    ) -> None:
        quiet = "stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL"
        assert meaning(target, repro, self.program(noted, quiet)).verdict is Verdict.UNAFFECTED
        assert_gone(noted)

    def test_is_ended_with_it_when_the_time_is_over(self, target: Environment, repro: Path, noted: Path) -> None:
        quiet = "stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL"
        program = self.program(noted, quiet, "import threading; threading.Event().wait()")
        assert meaning(target, repro, program, SHORT).reason is Reason.TIMED_OUT
        assert_gone(noted)

    def test_is_ended_with_it_when_it_keeps_the_output_open(
        self, target: Environment, repro: Path, noted: Path
    ) -> None:
        meaning(target, repro, self.program(noted, ""), SHORT)
        assert_gone(noted)

    def test_cannot_hold_the_observation_up_from_a_session_of_its_own(
        self, target: Environment, repro: Path, noted: Path
    ) -> None:
        started = time.monotonic()
        meaning(target, repro, self.program(noted, "start_new_session=True"), SHORT)
        assert time.monotonic() - started < SHORT + 10


def assert_gone(note: Path) -> None:
    child = int(note.read_text(encoding="utf-8"))
    until(lambda: not is_running(child), seconds=5)
