"""One run of `nox -s cases`: sessions, perhaps in processes of their own, that end in one record.

Whichever nox process is first names the run in its environment; the sessions that it starts leave
their rows in the run's folder, and the first one collects them when it ends. A run of another
checkout, such as one that this one's tests start, is no part of it.
"""

import atexit
import os
import re
import shutil
import sys
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from harness.catalogue.loading import load_catalogue
from harness.environments.builder import Builder
from harness.runs.plan import Cell, plan
from harness.runs.record import Row, exit_code, read_rows, start_record, write_record, write_rows
from harness.runs.run import run_cell
from harness.support.errors import UserError
from harness.support.exits import Exit, GitExit, asked_by_git
from harness.support.paths import CACHE, REPORTS

_VARIABLE = "STARLETTE_CASES_RUN"
COMMAND = "nox -s cases"


class Run:
    """The run that this process belongs to."""

    def __init__(self) -> None:
        runs = CACHE / "runs"
        named = Path(os.environ.get(_VARIABLE, ""))
        if named.parent == runs:
            self.folder = named
            return
        self.folder = runs / uuid.uuid4().hex
        os.environ[_VARIABLE] = str(self.folder)
        atexit.register(self._finish)

    def cell(self, cell: Cell, arguments: Sequence[str]) -> str | None:
        """Run one cell and keep its rows; a sentence where it did not go as expected.

        `--swap` among *arguments* exchanges the sides of every boundary.
        """
        swapped = list(arguments) == ["--swap"]
        self._start(f"{COMMAND} -- --swap" if swapped else COMMAND)
        cell = replace(cell, swapped=swapped)
        begun = self.folder / f"{cell.name}.begun"
        begun.touch()
        try:
            rows = run_cell(cell, Builder())
        except UserError as error:
            return str(error)
        write_rows(self.folder / f"{cell.name}.jsonl", rows)
        begun.unlink()
        wrong = [row for row in rows if row.differs or row.unobserved]
        for row in wrong:
            evidence = row.evidence.encode(errors="backslashreplace").decode("ascii", errors="replace")
            print(f"{row.name}: expected {row.expected}, seen {row.verdict}: {evidence}", flush=True)
        return f"{len(wrong)} of {len(rows)} observations are not as expected" if wrong else None

    def _start(self, command: str) -> None:
        try:
            self.folder.mkdir(parents=True)
        except FileExistsError:
            return
        (self.folder / "command").write_text(command, encoding="utf-8")
        start_record(REPORTS / "cases.jsonl", command)

    def _finish(self) -> None:
        """Write the record and show it; a run that was interrupted gets none."""
        if not self.folder.is_dir():
            return
        interrupted = list(self.folder.glob("*.begun"))
        rows = self._rows()
        command = (self.folder / "command").read_text(encoding="utf-8")
        shutil.rmtree(self.folder)
        if interrupted:
            names = ", ".join(sorted(path.stem for path in interrupted))
            print(f"{REPORTS / 'cases.jsonl'} is not written: {names} did not end", file=sys.stderr)
            return
        from harness.reports.console import show, write_junit

        write_record(REPORTS / "cases.jsonl", command, rows)
        write_junit(REPORTS / "cases.xml", rows)
        show(rows, load_catalogue())
        if exit_code(rows) is Exit.NOT_OBSERVED:
            # nox itself knows only success and failure.
            sys.stdout.flush()
            os._exit(Exit.NOT_OBSERVED)

    def _rows(self) -> Sequence[Row]:
        order = {cell.name: n for n, cell in enumerate(plan(load_catalogue()))}
        parts = sorted(self.folder.glob("*.jsonl"), key=lambda path: order[path.stem])
        return [row for part in parts for row in read_rows(part)]


def cells_or_exit(arguments: list[str]) -> tuple[Cell, ...]:
    """Every cell; ends the process with a message where a case file or what was asked for is wrong."""
    try:
        cells = plan(load_catalogue())
        reject_unknown(arguments, cells)
    except UserError as error:
        print(error, file=sys.stderr)
        sys.exit(GitExit.STOP if asked_by_git(arguments) else Exit.WRONG_USE)
    return cells


def reject_unknown(arguments: list[str], cells: Sequence[Cell]) -> None:
    """Say which cells there are where nox would only say that a session was not found."""
    names = [cell.name for cell in cells]
    for argument in arguments:
        asked = re.fullmatch(r"cases\(['\"]?(.*?)['\"]?\)", argument)
        if asked and asked[1] not in names:
            raise UserError(f"no session is called {argument}; it takes one of: {', '.join(names)}")
    asked_for_cases = any(argument.partition("(")[0] == "cases" for argument in arguments)
    given = arguments[arguments.index("--") + 1 :] if "--" in arguments else []
    if asked_for_cases and given not in ([], ["--swap"]):
        raise UserError(f"cases takes no {' '.join(given)}; after -- it takes --swap, or nothing")
