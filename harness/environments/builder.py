"""Builds environments: the one module that installs.

An environment lies in a directory named by a hash of everything that it is made from. It is built
under a lock and under a name of its own, and takes its place when it is whole: what was interrupted
is never used, an installer that goes on after its caller was killed disturbs nobody, and two runs at
once build it once.
"""

import hashlib
import json
import re
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock
from packaging.specifiers import SpecifierSet

from harness.environments.interpreter import find_interpreter
from harness.environments.locks import BUILD_LOCK, DRIVERS_LOCK, environment_lock, locked_names
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.uv import said, uv
from harness.releases.index import Profile, load_index
from harness.support.errors import UserError
from harness.support.files import write_whole
from harness.support.paths import CACHE, LOCKS
from repros.engine import inspect

_WHOLE = "whole"


class Builder:
    """Builds what *locks* pin, below *cache*."""

    def __init__(self, locks: Path = LOCKS, cache: Path = CACHE) -> None:
        self.locks = locks
        self.cache = cache

    @property
    def mypy_caches(self) -> Path:
        return self.cache / "mypy"

    @property
    def bytecode(self) -> Path:
        return self.cache / "bytecode"

    def environment(self, release: str, profile: Profile, day_of: str, python: str = "") -> Environment | Unavailable:
        """Starlette *release* with dependencies as of the day of *day_of*, for a fitting interpreter."""
        interpreter = find_interpreter(SpecifierSet(python))
        if interpreter is None:
            here = ".".join(str(part) for part in sys.version_info[:3])
            return Unavailable(Obstacle.NO_INTERPRETER, f"needs CPython {python}; {here} runs this, no other was found")
        lock = environment_lock(self.locks, release, profile, day_of)
        if not lock.is_file():
            return Unavailable(Obstacle.NO_LOCK, f"{lock.name} is not in evidence/locks; write it with: nox -s lock")
        return self.locked(lock.read_text(encoding="utf-8"), interpreter)

    def locked(self, lock: str, interpreter: Path, *, hashed: bool = True) -> Environment | Unavailable:
        """Exactly what *lock* pins, line by line; unless *hashed* is false, nothing that has no hash there."""

        def build(place: Path) -> Unavailable | None:
            strict = ["--require-hashes"] if hashed else []
            with TemporaryDirectory() as folder:
                path = Path(folder) / "lock.txt"
                path.write_text(lock, encoding="utf-8")
                return _uv("venv", "--quiet", "--relocatable", "--python", interpreter, place) or _uv(
                    "pip", "sync", "--quiet", "--python", _python_of(place), *strict, *self._build_hashed(), path
                )

        place = self._built("environments", self._made_of(interpreter, lock), build)
        return place if isinstance(place, Unavailable) else _recall(place)

    def resolved(
        self, release: str, profile: Profile, python: str, required: Sequence[str], optional: Sequence[str]
    ) -> Environment | Unavailable:
        """Starlette *release* with whatever uv resolves as of its own day, or of the day of the catalogue.

        The index only grows, so a cutoff resolves to the same distributions again; no lock is needed.
        What is *optional* is left out where nothing fits.
        """
        interpreter = find_interpreter(SpecifierSet(python))
        if interpreter is None:
            return Unavailable(Obstacle.NO_INTERPRETER, f"needs CPython {python}, and none was found")
        cutoff = load_index().cutoff(profile, release)
        wanted = [f"starlette=={release}", *required]

        def build(place: Path) -> Unavailable | None:
            return self._resolve(place, interpreter, cutoff, wanted, optional)

        made_of = [*self._made_of(interpreter, self._build_lock), _spoken(cutoff), *wanted, "", *optional]
        place = self._built("environments", made_of, build)
        return place if isinstance(place, Unavailable) else _recall(place)

    @contextmanager
    def from_source(
        self, source: Path, cutoff: datetime, python: str, required: Sequence[str], optional: Sequence[str]
    ) -> Iterator[Environment | Unavailable]:
        """The Starlette that is built from the folder *source*, with whatever uv resolves as of *cutoff*.

        It is there as long as the context, with all that is kept about it.
        """
        interpreter = find_interpreter(SpecifierSet(python))
        if interpreter is None:
            yield Unavailable(Obstacle.NO_INTERPRETER, f"needs CPython {python}, and none was found")
            return
        self.cache.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="source-", dir=self.cache) as folder:
            place = Path(folder) / "environment"
            wanted = [f"starlette @ {source.as_uri()}", *required]
            environment = self._resolve(place, interpreter, cutoff, wanted, optional) or _recall(place)
            try:
                yield environment
            finally:
                if isinstance(environment, Environment):
                    for kept in (self.bytecode, self.mypy_caches):
                        shutil.rmtree(kept / environment.key, ignore_errors=True)

    def _resolve(
        self, place: Path, interpreter: Path, cutoff: datetime, wanted: Sequence[str], optional: Sequence[str]
    ) -> Unavailable | None:
        """Fill *place* with what uv resolves *wanted* to, and with what is *optional* where that fits."""
        install = ["pip", "install", "--quiet", "--python", str(_python_of(place)), "--exclude-newer", _spoken(cutoff)]
        install += ["--require-build-hashes", "--build-constraints", str(self.locks / BUILD_LOCK)]
        install += self._late_backends()
        failed = _uv("venv", "--quiet", "--relocatable", "--python", interpreter, place)
        if failed is None and (failed := _uv(*install, *wanted, *optional)):
            failed = _uv(*install, *wanted)
        return failed

    def _late_backends(self) -> Iterator[str]:
        """A build backend may be newer than the release that it builds."""
        moment = _spoken(load_index().as_of)
        for name in locked_names(self.locks / BUILD_LOCK):
            yield from ("--exclude-newer-package", f"{name}={moment}")

    def drivers(self, environment: Environment) -> Path | Unavailable:
        """A directory with the programs' own tools, for the Python of *environment*."""

        def build(place: Path) -> Unavailable | None:
            return _uv(
                "pip", "install", "--quiet", "--no-deps", "--python", environment.interpreter, "--target", place,
                "--require-hashes", *self._build_hashed(), "--requirements", self.locks / DRIVERS_LOCK,
            )  # fmt: skip

        minor = environment.python.rpartition(".")[0]
        return self._built("drivers", [minor, (self.locks / DRIVERS_LOCK).read_text("utf-8")], build)

    def _build_hashed(self) -> tuple[str | Path, ...]:
        return ("--require-build-hashes", "--build-constraints", self.locks / BUILD_LOCK)

    @property
    def _build_lock(self) -> str:
        return (self.locks / BUILD_LOCK).read_text(encoding="utf-8")

    def _made_of(self, interpreter: Path, lock: str) -> list[str]:
        return [str(interpreter), _identity(interpreter), lock, self._build_lock]

    def _built(
        self, kind: str, made_of: Sequence[str], build: Callable[[Path], Unavailable | None]
    ) -> Path | Unavailable:
        """The directory that *build* fills, building it where it is not there yet."""
        # A virtual environment cannot be moved: what lies elsewhere is another one.
        key = hashlib.sha256("\0".join([str(self.cache), *made_of]).encode()).hexdigest()[:16]
        place = self.cache / kind / key
        if (place / _WHOLE).is_file():
            return place
        place.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(place.with_suffix(".lock")):
            if not (place / _WHOLE).is_file():
                for left in [place, *place.parent.glob(f"{key}.*.part")]:
                    shutil.rmtree(left, ignore_errors=True)
                part = place.with_name(f"{key}.{uuid.uuid4().hex}.part")
                if failed := build(part):
                    shutil.rmtree(part, ignore_errors=True)
                    return failed
                (part / _WHOLE).touch()
                part.rename(place)
        return place


def _recall(place: Path) -> Environment | Unavailable:
    """What the environment held when it was built, and whether it is still the same."""
    memory = place / "environment.json"
    if not memory.is_file():
        try:
            built = inspect(_python_of(place))
        except UserError as error:
            return Unavailable(Obstacle.NOT_INSTALLABLE, str(error))
        facts = asdict(built) | {"interpreter": str(built.interpreter), "fingerprint": _fingerprint(place)}
        write_whole(memory, json.dumps(facts))
    facts = json.loads(memory.read_text(encoding="utf-8"))
    intact = facts.pop("fingerprint") == _fingerprint(place)
    changed = {"interpreter": Path(facts["interpreter"]), "freeze": tuple(facts["freeze"]), "intact": intact}
    return Environment(**facts | changed)


def _fingerprint(place: Path) -> str:
    """What tells whether anything was added, removed or edited: every file's name, size and time stamp."""
    files = [
        path
        for path in place.glob("lib/python*/site-packages/**/*")
        if "__pycache__" not in path.parts and path.is_file()
    ]
    lines = sorted(f"{path.relative_to(place)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@cache
def _identity(interpreter: Path) -> str:
    """What tells an interpreter from another one at the same path later: its size and time stamp."""
    status = interpreter.resolve().stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _spoken(moment: datetime) -> str:
    """A moment as uv reads it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _python_of(environment: Path) -> Path:
    return environment / "bin" / "python"


def _uv(*arguments: str | Path) -> Unavailable | None:
    """Run uv; what it says when it fails becomes the detail."""
    finished = uv(*arguments)
    return None if finished.code == 0 else Unavailable(*_obstacle(said(finished)))


def _obstacle(why: str) -> tuple[Obstacle, str]:
    if re.search(r"[Hh]ash(es)? mismatch|Hash mismatch", why):
        return Obstacle.HASH_MISMATCH, f"a distribution is not the one that was locked: {why}"
    return Obstacle.NOT_INSTALLABLE, why
