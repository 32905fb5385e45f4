"""The cases against the plain way, and against the bare calls, as ratios of one run."""

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.checkout import copy_checkout
from benchmarks.timing import quietly, show, timed
from harness.catalogue.case import Side
from harness.environments.locks import BUILD_LOCK
from harness.environments.model import Environment
from harness.judgement.observation import Engine
from harness.runs.plan import Cell, plan
from harness.runs.run import Runner
from harness.runs.seen import Ready
from harness.runs.workspace import Workspace, open_workspace
from harness.support.errors import UserError
from harness.support.paths import CACHE, LOCKS
from typing_checks.engine import mypy_command

HERE = Path(__file__).parent
# The plain way has an environment with all tools for each case and side: for all cases, tens of gigabytes.
_EVERY = 10


def compare(rounds: int) -> None:
    """Print how long the cells of the boundaries take, over how long the other ways take for the same.

    All cells against the bare calls, those of some cases against the plain way. Each round runs the ways in turns, so
    that a machine that slows down slows all of them. All of them lie in a folder of their own: what the checkout has
    built stays as it is.

    Raises:
        UserError: a way did not run to its end, so that its time means nothing.
    """
    workspace = open_workspace()
    cells = [cell for cell in plan(workspace.cases, workspace.releases.profiles) if cell.side is not Side.NEWEST]
    with tempfile.TemporaryDirectory() as folder:
        _over_the_bare_calls(_Ways(Path(folder), cells, workspace), rounds)
    # The plain way has one environment for a side, not one for each profile.
    sample = [case for case in workspace.cases if len(case.boundaries) == 1][::_EVERY]
    with tempfile.TemporaryDirectory() as folder:
        _over_the_plain_way(_Ways(Path(folder), [cell for cell in cells if cell.case in sample], workspace), rounds)


def _over_the_bare_calls(ways: "_Ways", rounds: int) -> None:
    ways.warm(ways.ours, ways.bare)
    show("warm, over the bare calls (goal 1.5)", [timed(ways.ours) / timed(ways.bare) for _ in range(rounds)])


def _over_the_plain_way(ways: "_Ways", rounds: int) -> None:
    ways.warm(ways.ours, ways.plain)
    show("warm, over the plain way (goal 0.33)", [timed(ways.ours) / timed(ways.plain) for _ in range(rounds)])
    ours, plain = _size(ways.our_environments), _size(ways.plain_environments)
    print(f"on disk, over the plain way (goal 0.25): {ours / plain:.2f}, {ours / 1e6:.0f} MB / {plain / 1e6:.0f} MB")
    cold = []
    for _ in range(rounds):
        shutil.rmtree(ways.our_environments)
        shutil.rmtree(ways.plain_environments)
        cold.append(timed(ways.ours) / timed(ways.plain))
    show("without environments, uv's cache filled, over the plain way (goal 0.5)", cold)


class _Ways:
    """Three ways to make the same observations, laid out side by side."""

    def __init__(self, folder: Path, cells: Sequence[Cell], workspace: Workspace) -> None:
        self.cells = cells
        self.checkout = folder / "ours"
        self.our_environments = self.checkout / CACHE.name
        self.folder = folder / "plain"
        self.plain_environments = self.folder / ".environments"
        copy_checkout(self.checkout)
        self.folder.mkdir()
        self.work = [each for cell in cells for each in _ready(cell, workspace)]
        rows = [
            _row(
                cell,
                [each for each in self.work if each.job.task.case is cell.case and each.job.task.side is cell.side],
            )
            for cell in cells
        ]
        (self.folder / "cells.json").write_text(json.dumps(rows), encoding="utf-8")
        shutil.copy(HERE / "plain_noxfile.py", self.folder / "noxfile.py")
        shutil.copy(HERE / "plain_test.py", self.folder)
        shutil.copy(HERE / "plain_conftest.py", self.folder / "conftest.py")
        shutil.copy(LOCKS / BUILD_LOCK, self.folder)

    def warm(self, *ways: Callable[[], None]) -> None:
        """Fill the caches of *ways*."""
        print(f"{len(self.cells)} cells, {len(self.work)} observations. The first runs fill the caches.", flush=True)
        for way in ways:
            way()

    def ours(self) -> None:
        """Run the sessions of this project."""
        quietly(["nox", "-s", *(f"cases({cell.name})" for cell in self.cells)], self.checkout)

    def plain(self) -> None:
        """Run the sessions of the plain way."""
        quietly(["nox", "--envdir", str(self.plain_environments)], self.folder)

    def bare(self) -> None:
        """Call an interpreter or mypy for each observation, two at a time, and do nothing else."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(self._call, self.work))

    def _call(self, ready: Ready) -> None:
        task, environment = ready.job.task, ready.environment
        program = str(task.case.program(task.check))
        if task.engine is Engine.STATIC:
            cache = self.folder / "mypy" / environment.key
            interpreter, *options = mypy_command(environment)
            finished = quietly([*options, f"--cache-dir={cache}", program], self.folder, (0, 1), Path(interpreter))
            if finished.stderr:
                raise UserError(f"mypy on {program}: {finished.stderr}")
        else:
            path = [str(each) for each in (environment.packages, ready.drivers) if each]
            script = "import runpy, sys; sys.path.extend(sys.argv[2:]); runpy.run_path(sys.argv[1])"
            kept = f"pycache_prefix={self.folder / 'bytecode' / environment.key}"
            command = ["-I", "-X", kept, "-c", script, program, *path]
            quietly(command, self.folder, (0, 1), python=environment.interpreter)


def _ready(cell: Cell, workspace: Workspace) -> Sequence[Ready]:
    runner = Runner(workspace.locked_builder())
    found = []
    for job in cell.jobs(workspace.releases):
        base = runner.builder.base(job.target.base)
        ready = runner.prepared(base, job) if isinstance(base, Environment) else base
        if not isinstance(ready, Ready):
            raise UserError(f"Starlette {job.target.release} cannot be installed: {ready.detail}")
        found.append(ready)
    return found


def _row(cell: Cell, work: Sequence[Ready]) -> dict[str, object]:
    programs = {
        engine: [
            str(each.job.task.case.program(each.job.task.check)) for each in work if each.job.task.engine is engine
        ]
        for engine in Engine
    }
    pins = sorted({pin for each in work for pin in each.environment.freeze})
    names = dict(pin.partition("==")[::2] for pin in pins)
    return {
        "name": cell.name,
        "pins": [f"{name}=={version}" for name, version in names.items()],
        "programs": programs[Engine.RUNTIME],
        "types": programs[Engine.STATIC],
    }


def _size(folder: Path) -> int:
    """Bytes of every file below *folder*, hard links to the same content counted each time."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
