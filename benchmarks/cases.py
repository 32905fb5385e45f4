"""The cases against the plain way, and against the bare calls, as ratios of one run."""

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

from harness.catalogue.case import Side
from harness.catalogue.loading import load_catalogue
from harness.environments.builder import Builder
from harness.environments.locks import BUILD_LOCK
from harness.environments.model import Environment
from harness.judgement.observation import Engine
from harness.releases.index import load_index
from harness.runs.plan import Cell, Task, plan
from harness.support.errors import UserError
from harness.support.paths import CACHE, LOCKS, ROOT
from harness.support.processes import clean_environment
from typing_checks.engine import mypy_command

HERE = Path(__file__).parent
Work = tuple[Task, Environment]


def compare(rounds: int) -> None:
    """Print how long the cells of the boundaries take, over how long the other ways take for the same.

    Each round runs the ways in turns, so that a machine that slows down slows all of them. All of
    them lie in a folder of their own: what the checkout has built stays as it is.

    Raises:
        UserError: a way did not run to its end, so that its time means nothing.
    """
    cells = [cell for cell in plan(load_catalogue()) if cell.side is not Side.NEWEST]
    with tempfile.TemporaryDirectory() as folder:
        ways = _Ways(Path(folder), cells)
        print(f"{len(cells)} cells, {len(ways.work)} observations. The first runs fill the caches.", flush=True)
        for way in (ways.ours, ways.plain, ways.bare):
            way()
        warm = [(_timed(ways.ours), _timed(ways.plain), _timed(ways.bare)) for _ in range(rounds)]
        _show("warm, over the plain way (goal 0.33)", [ours / plain for ours, plain, _ in warm])
        _show("warm, over the bare calls (goal 1.5)", [ours / bare for ours, _, bare in warm])
        for number, name in enumerate(("ours", "plain", "bare")):
            print(f"  {name}: median {statistics.median(each[number] for each in warm):.2f} s", flush=True)
        ours, plain = _size(ways.our_environments), _size(ways.plain_environments)
        print(
            f"on disk, over the plain way (goal 0.25): {ours / plain:.2f}, {ours / 1e6:.0f} MB / {plain / 1e6:.0f} MB"
        )
        cold = []
        for _ in range(rounds):
            shutil.rmtree(ways.our_environments)
            shutil.rmtree(ways.plain_environments)
            cold.append(_timed(ways.ours) / _timed(ways.plain))
        _show("without environments, uv's cache filled, over the plain way (goal 0.5)", cold)


class _Ways:
    """Three ways to make the same observations, laid out side by side."""

    def __init__(self, folder: Path, cells: Sequence[Cell]) -> None:
        self.cells = cells
        self.checkout = folder / "ours"
        self.our_environments = self.checkout / CACHE.name
        self.folder = folder / "plain"
        self.plain_environments = self.folder / ".environments"
        self.work: list[Work] = []
        shutil.copytree(ROOT, self.checkout, ignore=shutil.ignore_patterns(".*", "reports", "__pycache__"))
        self.folder.mkdir()
        rows = [row for cell in cells for row in self._rows(cell)]
        (self.folder / "cells.json").write_text(json.dumps(rows), encoding="utf-8")
        shutil.copy(HERE / "plain_noxfile.py", self.folder / "noxfile.py")
        shutil.copy(HERE / "plain_test.py", self.folder)
        shutil.copy(HERE / "plain_conftest.py", self.folder / "conftest.py")
        shutil.copy(LOCKS / BUILD_LOCK, self.folder)

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

    def ours(self) -> None:
        """Run the sessions of this project."""
        _quietly([*_NOX, "-s", *(f"cases({cell.name})" for cell in self.cells)], self.checkout)

    def plain(self) -> None:
        """Run the sessions of the plain way."""
        _quietly([*_NOX, "--envdir", str(self.plain_environments)], self.folder)

    def bare(self) -> None:
        """Call an interpreter or mypy for each observation, two at a time, and do nothing else."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(self._call, self.work))

    def _call(self, work: Work) -> None:
        task, environment = work
        program = str(task.case.program(task.check))
        if task.engine is Engine.STATIC:
            cache = self.folder / "mypy" / environment.key
            _quietly([*mypy_command(environment), f"--cache-dir={cache}", program], self.folder, (0, 1))
        else:
            drivers = Builder().drivers(environment)
            script = "import runpy, sys; sys.path.append(sys.argv[2]); runpy.run_path(sys.argv[1])"
            kept = f"pycache_prefix={self.folder / 'bytecode' / environment.key}"
            command = [str(environment.interpreter), "-I", "-X", kept, "-c", script, program, str(drivers)]
            _quietly(command, self.folder, (0, 1))


_NOX = [sys.executable, "-m", "nox"]


def _programs(tasks: Sequence[Task], engine: Engine) -> list[str]:
    return [str(task.case.program(task.check)) for task in tasks if task.engine is engine]


def _quietly(command: Sequence[str], folder: Path, codes: Sequence[int] = (0,)) -> None:
    finished = subprocess.run(command, cwd=folder, env=clean_environment(), capture_output=True, check=False, text=True)
    if finished.returncode not in codes:
        said = "\n".join((finished.stdout + finished.stderr).splitlines()[-20:])
        raise UserError(f"{' '.join(command)} left with exit code {finished.returncode}:\n{said}")


def _timed(way: Callable[[], None]) -> float:
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


def _show(what: str, ratios: Sequence[float]) -> None:
    spread = f"{min(ratios):.2f} to {max(ratios):.2f} in {len(ratios)} rounds"
    print(f"{what}: {statistics.median(ratios):.2f} ({spread})", flush=True)


def _size(folder: Path) -> int:
    """Bytes of every file below *folder*, hard links to the same content counted each time."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
