"""Collects every `cases/*/case.toml`: an item for each program, side and release."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.catalogue.loading import load_catalogue
from harness.environments.builder import Builder
from harness.environments.target import Target
from harness.releases.index import load_index
from harness.runs.plan import Task, plan
from harness.runs.record import Row
from harness.runs.run import run_target
from harness.support.errors import UserError
from harness.support.exits import Exit


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    return CaseFile.from_parent(parent, path=file_path) if file_path.name == "case.toml" else None


class CaseFile(pytest.File):
    """A case."""

    def collect(self) -> Iterator[pytest.Item]:
        try:
            cells = [cell for cell in plan(load_catalogue()) if cell.case.directory == self.path.parent]
        except UserError as error:
            pytest.exit(str(error), returncode=Exit.WRONG_USE)
        for cell in cells:
            for target, tasks in cell.targets(load_index()):
                for task in tasks:
                    name = f"{task.name}-{target.release}"
                    yield CaseItem.from_parent(self, name=name, target=target, task=task)


class CaseItem(pytest.Item):
    """One program of a case, on one release."""

    def __init__(self, *, target: Target, task: Task, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]  # pytest's own keywords
        self.target = target
        self.task = task

    def runtest(self) -> None:
        (row,) = run_target(self.target, (self.task,), Builder())
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
        super().__init__(f"expected {row.expected}, seen {row.verdict}{reason}: {row.evidence}")
