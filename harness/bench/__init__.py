"""`nox -s bench`: the cases against the plain way, and against the bare calls, as ratios of one run."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness.case import Side
from harness.catalogue import load_catalogue
from harness.environment import Builder
from harness.errors import UserError
from harness.index import load_index
from harness.lock import BUILD_LOCK
from harness.observation import Engine, Environment
from harness.paths import CACHE, LOCKS, ROOT
from harness.plan import Cell, Task, plan
from harness.processes import clean_environment
from typing_checks.engine import mypy_command

HERE = Path(__file__).parent
Work = tuple[Task, Environment]


def compare(rounds: int) -> None:
    """Print how long the eight cells take, over how long the other ways take for the same observations.

    Each round runs the ways in turns, so that a machine that slows down slows all of them.
    """
    if rounds < 1:
        raise UserError(f"--rounds {rounds}: at least one round is needed")
    cells = [cell for cell in plan(load_catalogue()) if cell.side is not Side.NEWEST]
    with tempfile.TemporaryDirectory() as folder:
        plain = _Plain(Path(folder), cells)
        print(f"{len(cells)} cells, {len(plain.work)} observations; first runs fill the caches …", flush=True)
        _ours(cells), plain.run(), plain.floor()
        warm = [(_timed(lambda: _ours(cells)), _timed(plain.run), _timed(plain.floor)) for _ in range(rounds)]
        _print("warm, over the plain way (goal: 0.33)", [ours / other for ours, other, _ in warm])
        _print("warm, over the bare calls (goal: 1.5)", [ours / bare for ours, _, bare in warm])
        print(
            f"  medians: ours {_median(warm, 0):.2f} s, plain {_median(warm, 1):.2f} s, bare {_median(warm, 2):.2f} s"
        )
        print(f"on disk, over the plain way (goal: 0.25): {_size(CACHE) / _size(plain.environments):.2f}")
        print(
            f"  {_size(CACHE) / 1e6:.0f} MB and {_size(plain.environments) / 1e6:.0f} MB, every file counted where it lies"
        )
        cold = []
        for _ in range(rounds):
            shutil.rmtree(CACHE)
            ours = _timed(lambda: _ours(cells))
            shutil.rmtree(plain.environments)
            cold.append(ours / _timed(plain.run))
        _print("no environments, uv's cache filled, over the plain way (goal: 0.5)", cold)


class _Plain:
    """The plain way, laid out in a folder, and the bare calls for the same observations."""

    def __init__(self, folder: Path, cells: Sequence[Cell]) -> None:
        self.folder = folder
        self.environments = folder / "environments"
        self.work: list[Work] = []
        rows = [row for cell in cells for row in self._rows(cell)]
        (folder / "cells.json").write_text(json.dumps(rows), encoding="utf-8")
        shutil.copy(HERE / "plain_noxfile.py", folder / "noxfile.py")
        shutil.copy(HERE / "plain_test.py", folder)
        shutil.copy(HERE / "plain_conftest.py", folder / "conftest.py")
        shutil.copy(LOCKS / BUILD_LOCK, folder)

    def _rows(self, cell: Cell) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = []
        for target, tasks in cell.targets(load_index()):
            environment = Builder().environment(target.release, target.profile, target.day_of)
            if not isinstance(environment, Environment):
                raise UserError(f"Starlette {target.release} cannot be installed: {environment.detail}")
            self.work += [(task, environment) for task in tasks]
            rows.append(
                {
                    "name": f"{cell.name}-{target.release}",
                    "pins": environment.freeze,
                    "programs": _programs(tasks, Engine.RUNTIME),
                    "types": _programs(tasks, Engine.STATIC),
                }
            )
        return rows

    def run(self) -> None:
        """Run every session of the plain way."""
        _quietly([*_NOX, "--envdir", str(self.environments)], self.folder)

    def floor(self) -> None:
        """Make the same observations with nothing but an interpreter or a mypy for each, two at a time."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(self._bare, self.work))

    def _bare(self, work: Work) -> None:
        task, environment = work
        program = str(task.case.program(task.check))
        if task.engine is Engine.STATIC:
            cache = self.folder / "floor" / environment.release
            _quietly([*mypy_command(environment), f"--cache-dir={cache}", program], self.folder)
        else:
            drivers = Builder().drivers(environment.interpreter)
            script = "import runpy, sys; sys.path.append(sys.argv[2]); runpy.run_path(sys.argv[1])"
            _quietly([str(environment.interpreter), "-I", "-B", "-c", script, program, str(drivers)], self.folder)


_NOX = [sys.executable, "-m", "nox"]


def _ours(cells: Sequence[Cell]) -> None:
    _quietly([*_NOX, "-s", *(f"cases({cell.name})" for cell in cells)], ROOT)


def _programs(tasks: Sequence[Task], engine: Engine) -> list[str]:
    return [str(task.case.program(task.check)) for task in tasks if task.engine is engine]


def _quietly(command: Sequence[str], folder: Path) -> None:
    """Run a command whose exit code may say that a bug is there: that is what is measured."""
    subprocess.run(command, cwd=folder, env=clean_environment(), capture_output=True, check=False)


def _timed(way: Callable[[], None]) -> float:
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


def _median(rounds: Sequence[tuple[float, ...]], way: int) -> float:
    return statistics.median(each[way] for each in rounds)


def _print(what: str, ratios: Sequence[float]) -> None:
    spread = f"{min(ratios):.2f} to {max(ratios):.2f} in {len(ratios)} rounds"
    print(f"{what}: {statistics.median(ratios):.2f} ({spread})", flush=True)


def _size(folder: Path) -> int:
    """Bytes of every file below *folder*, links to the same content counted each time."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
