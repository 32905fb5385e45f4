"""Keeps observations by what they were made from, so that a sweep goes on where it was interrupted.

Facts only: they are judged when they are read, so that a corrected rule needs no new observation. Two environments
with the same content show the same, wherever they lie and whatever profile they were built for.
"""

import hashlib
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

import repros
import typing_checks
from harness.judgement.observation import Engine, Observation, Outcome
from harness.runs.seen import Ready
from harness.support.files import clear

# A time-out, a crash or a missing environment may be gone the next time.
_ENDED = (Outcome.COMPLETED, Outcome.RAISED, Outcome.EXITED)
_RUNS = TypeAdapter(tuple[Observation, ...])
_ENGINES = {Engine.RUNTIME: repros, Engine.STATIC: typing_checks}


class Store:
    """Observations in one file, with every repetition. Where it cannot be read or written, nothing is kept."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()

    def recall(self, ready: Ready) -> tuple[Observation, ...]:
        """Every run that was kept for just this environment, this program and these tools."""
        try:
            with self._lock:
                found = self._open.execute("SELECT runs FROM observations WHERE key = ?", (_key(ready),)).fetchone()
            return _RUNS.validate_json(found[0]) if found else ()
        except (sqlite3.Error, ValidationError):
            # Of another shape: an older version of this project kept it.
            return ()

    def keep(self, ready: Ready, runs: Sequence[Observation]) -> None:
        """Keep *runs* in place of what was kept before, but for those that say more of the machine than of the case."""
        kept = tuple(run for run in runs if run.outcome in _ENDED and not run.changed)
        if kept:
            with suppress(sqlite3.Error), self._lock, self._open as database:
                database.execute(
                    "INSERT OR REPLACE INTO observations VALUES (?, ?)", (_key(ready), _RUNS.dump_json(kept))
                )

    @cached_property
    def _open(self) -> sqlite3.Connection:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _connected(self.file)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in _DAMAGED:
                raise
            # What it held is observed again.
            for name in ("", "-wal", "-shm"):
                clear(self.file.with_name(self.file.name + name))
            return _connected(self.file)


# It is no database, a broken one, or one of another shape; not a full disk, nor one that somebody else holds.
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


def _connected(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=60, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("CREATE TABLE IF NOT EXISTS observations (key TEXT PRIMARY KEY, runs BLOB) WITHOUT ROWID")
    database.execute("SELECT key, runs FROM observations LIMIT 1")
    return database


def _key(ready: Ready) -> str:
    task = ready.job.task
    drivers = sorted(each.name for each in ready.drivers.glob("*.dist-info")) if ready.drivers else []
    made_of = [ready.environment.content, *drivers, *_tools(task.engine), task.check]
    return hashlib.sha256("\0".join(made_of).encode() + task.case.program(task.check).read_bytes()).hexdigest()


@cache
def _tools(engine: Engine) -> Sequence[str]:
    """What tells one engine from a later one: its files, and mypy's version where it runs mypy."""
    files: Iterable[Path] = sorted(Path(_ENGINES[engine].__path__[0]).rglob("*.py"))
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    return [digest, version("mypy")] if engine is Engine.STATIC else [digest]
