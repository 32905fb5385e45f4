"""Collects every `cases/*/case.toml`: an item for each program, side and release."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.reports.printable import printable
from harness.runs.plan import Job, plan
from harness.runs.row import Row
from harness.runs.run import Runner, rows
from harness.runs.workspace import Workspace, open_workspace
from harness.support.errors import UserError
from harness.support.exits import Exit

WORKSPACE = pytest.StashKey[Workspace]()
RUNNER = pytest.StashKey[Runner]()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    return CaseFile.from_parent(parent, path=file_path) if file_path.name == "case.toml" else None


def workspace_of(config: pytest.Config) -> Workspace:
    """The checkout, read once; a mistake in it ends the run."""
    if WORKSPACE not in config.stash:
        try:
            config.stash[WORKSPACE] = open_workspace()
        except UserError as error:
            pytest.exit(str(error), returncode=Exit.WRONG_USE)
    return config.stash[WORKSPACE]


def runner_of(config: pytest.Config) -> Runner:
    """What runs programs in the environments that the locks pin."""
    if RUNNER not in config.stash:
        try:
            config.stash[RUNNER] = Runner(workspace_of(config).locked_builder())
        except UserError as error:
            pytest.exit(str(error), returncode=Exit.WRONG_USE)
    return config.stash[RUNNER]


class CaseFile(pytest.File):
    """A case."""

    def collect(self) -> Iterator[pytest.Item]:
        workspace = workspace_of(self.config)
        own = [case for case in workspace.cases if case.directory == self.path.parent]
        for cell in plan(own, workspace.releases.profiles):
            for job in cell.jobs(workspace.releases):
                yield CaseItem.from_parent(self, name=job.name, job=job)


class CaseItem(pytest.Item):
    """One program of a case, on one release."""

    def __init__(self, *, job: Job, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]  # pytest's own keywords
        self.job = job

    def runtest(self) -> None:
        (row,) = rows(runner_of(self.config).run([self.job]))
        if row.differs or row.unobserved:
            raise NotAsExpectedError(row)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        return str(excinfo.value) if isinstance(excinfo.value, NotAsExpectedError) else str(excinfo.getrepr())

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name


class NotAsExpectedError(Exception):
    """An observation that is not what the case expects."""

    def __init__(self, row: Row) -> None:
        reason = f" ({row.reason})" if row.reason else ""
        super().__init__(printable(f"expected {row.expected}, seen {row.verdict}{reason}: {row.evidence}"))
