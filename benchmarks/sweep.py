"""A full sweep against its floor: per release an interpreter that imports Starlette, and one warm mypy."""

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness.catalogue.case import Case, Check
from harness.catalogue.loading import load_catalogue
from harness.environments.builder import Builder
from harness.environments.model import Environment
from harness.environments.target import Target
from harness.releases.index import Profile, load_index
from harness.runs.record import Row
from harness.runs.store import Store
from harness.support.errors import UserError
from harness.support.processes import clean_environment
from harness.sweep.sweep import Sweep, targets
from typing_checks.engine import mypy_command

# A release that cannot import this says so; that takes as long.
_IMPORT = "import starlette.applications"


def compare(rounds: int) -> None:
    """Print how long a sweep of every release takes over how long its floor does, in turns.

    Environments are built before, and a first run of each way fills its caches.

    Raises:
        UserError: an environment cannot be built.
    """
    with tempfile.TemporaryDirectory() as folder:
        ways = _Ways(Path(folder))
        print(f"{len(ways.targets)} environments, {len(ways.cases)} cases. The first runs fill the caches.", flush=True)
        ways.ours()
        ways.floor()
        ratios, rows = [], tuple[Row, ...]()
        for _ in range(rounds):
            started = time.perf_counter()
            rows = ways.ours()
            ours = time.perf_counter() - started
            ways.floor()
            floor = time.perf_counter() - started - ours
            ratios.append(ours / floor)
            print(f"  sweep {ours:.1f} s, floor {floor:.1f} s: {ours / floor:.2f}", flush=True)
        print(f"a full sweep, over its floor (goal 1.5): {statistics.median(ratios):.2f}")
        print(f"  per release and profile: {1000 * ours / len(ways.targets):.0f} ms for all cases together")
        for case in ways.cases:
            print(f"  {case.name}: {1000 * _own(case, rows):.0f} ms of it for its program, mypy not counted")


class _Ways:
    """Two ways over the same environments, two at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cases = load_catalogue()
        self.targets: Sequence[Target] = targets(load_index(), list(Profile), None, None)
        self.builder = Builder()
        self.sweep = Sweep(self.cases, self.cases, self.builder, Store(folder / "observations"))
        with ThreadPoolExecutor(2) as pool:
            self.environments = list(pool.map(self._environment, self.targets))
        self.checks = [f"{case.name}.py" for case in self.cases]
        for case, name in zip(self.cases, self.checks, strict=True):
            shutil.copy(case.program(Check.TYPING), folder / name)

    def _environment(self, target: Target) -> Environment:
        found = self.sweep.environment(target)
        if not isinstance(found, Environment):
            raise UserError(f"Starlette {target.release} cannot be installed: {found.detail}")
        return found

    def ours(self) -> tuple[Row, ...]:
        """Sweep with nothing in the store."""
        shutil.rmtree(self.folder / "observations", ignore_errors=True)
        return self.sweep.run(self.targets, lambda _: None)

    def floor(self) -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(self._floor, self.environments))

    def _floor(self, environment: Environment) -> None:
        kept = f"pycache_prefix={self.folder / 'bytecode' / environment.key}"
        self._call([str(environment.interpreter), "-I", "-X", kept, "-c", _IMPORT])
        cache = f"--cache-dir={self.folder / 'mypy' / environment.key}"
        self._call([*mypy_command(environment), cache, *self.checks])

    def _call(self, command: Sequence[str]) -> None:
        subprocess.run(command, cwd=self.folder, env=clean_environment(), capture_output=True, check=False)


def _own(case: Case, rows: Sequence[Row]) -> float:
    return statistics.mean(row.seconds for row in rows if row.case == case.name and row.check is Check.REPRO)
