"""A full sweep against its floor: per release an interpreter that imports Starlette, and one warm mypy."""

import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.timing import timed
from harness.catalogue.case import Check
from harness.catalogue.selection import select
from harness.environments.model import Environment
from harness.releases.profiles import PERIOD, TODAY
from harness.runs.plan import target_of
from harness.runs.row import Row
from harness.runs.run import Runner
from harness.runs.store import Store
from harness.runs.workspace import open_workspace
from harness.support.errors import UserError
from harness.support.processes import clean_environment
from harness.sweep.sweep import Sweep, places, swept_python
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
        print(f"{len(ways.places)} environments, {len(ways.cases)} cases. The first runs fill the caches.", flush=True)
        ways.ours()
        ways.floor()
        ratios, own = [], 0.0
        for _ in range(rounds):
            own, floor = timed(ways.ours), timed(ways.floor)
            ratios.append(own / floor)
            print(f"  sweep {own:.1f} s, floor {floor:.1f} s: {own / floor:.2f}", flush=True)
        print(f"a full sweep, over its floor (goal 1.5): {statistics.median(ratios):.2f}")
        each = 1000 * own / len(ways.places)
        print(f"  per release and profile: {each:.0f} ms, {each / len(ways.cases):.1f} ms a case")


class _Ways:
    """Two ways over the same environments, two at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workspace = open_workspace()
        self.cases = select(self.workspace.cases)
        self.places = places(self.workspace.index, [PERIOD, TODAY], None, None)
        with ThreadPoolExecutor(2) as pool:
            self.environments = list(pool.map(self._environment, range(len(self.places))))
        self.checks = [f"{case.name}.py" for case in self.cases]
        for case, name in zip(self.cases, self.checks, strict=True):
            shutil.copy(case.program(Check.TYPING), folder / name)

    def _environment(self, number: int) -> Environment:
        place = self.places[number]
        profile = self.workspace.profiles[place.profile]
        moment = profile.moment(self.workspace.index, place.release)
        target = target_of(self.cases[0], place.release, profile, moment, python=swept_python(profile))
        found = self.workspace.builder().base(target.base)
        if not isinstance(found, Environment):
            raise UserError(f"Starlette {place.release} cannot be installed: {found.detail}")
        return found

    def ours(self) -> Sequence[Row]:
        """Sweep with nothing in the store."""
        with tempfile.TemporaryDirectory(dir=self.folder) as empty:
            runner = Runner(self.workspace.builder(), Store(Path(empty) / "observations.sqlite"))
            return Sweep(self.cases, self.workspace.releases, runner).run(self.places)

    def floor(self) -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(self._floor, self.environments))

    def _floor(self, environment: Environment) -> None:
        call = partial(subprocess.run, cwd=self.folder, env=clean_environment(), capture_output=True, check=False)
        kept = f"pycache_prefix={self.folder / 'bytecode' / environment.key}"
        call([str(environment.interpreter), "-I", "-X", kept, "-c", _IMPORT])
        cache = f"--cache-dir={self.folder / 'mypy' / environment.key}"
        call([*mypy_command(environment), cache, *self.checks])
