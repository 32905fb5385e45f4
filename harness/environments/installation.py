"""Installs pins with uv, atomically: the one module that does.

What is installed lies in a directory named by a hash of everything that it is made from. It is built under a lock and
under a name of its own, and takes its place when it is whole: what was interrupted is never used, an installer that
goes on after its caller was killed disturbs nobody, two runs at once build it once, and what was changed or damaged
afterwards is built again.
"""

import hashlib
import json
import os
import re
import shutil
import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock
from packaging.utils import canonicalize_name

from harness.environments.inspection import content_digest, inspect
from harness.environments.locks import BUILD_LOCK
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.pins import Pins
from harness.environments.provenance import spoilt
from harness.environments.uv import said, uv
from harness.support.errors import UserError
from harness.support.files import clear, make_folder, write_whole

_WHOLE = "whole"
_SITE = "site"
Build = Callable[[Path], Unavailable | None]


class Installer:
    """Installs below *cache*, with the build backends that *locks* pins."""

    def __init__(self, locks: Path, cache: Path) -> None:
        self.locks = locks
        self.cache = cache

    def environment(self, pins: Pins, interpreter: Path, *, hashed: bool) -> Environment | Unavailable:
        """A virtual environment of *interpreter* with exactly *pins*."""

        def build(place: Path) -> Unavailable | None:
            return (
                _uv("venv", "--quiet", "--relocatable", "--python", interpreter, place)
                or self._install(place, pins, "pip", "sync", "--python", python_of(place), hashed=hashed)
                or _remember(place)
            )

        place = self._built("environments", [*_identity(interpreter), *pins], build, _recall)
        return place if isinstance(place, Unavailable) else _recall(place) or _damaged(place)

    def packages(self, pins: Pins, base: Environment, *, hashed: bool) -> Path | Unavailable:
        """A folder with exactly *pins*, for the interpreter of *base*."""

        def build(place: Path) -> Unavailable | None:
            options = ("pip", "install", "--no-deps", "--python", base.interpreter, "--target", place / _SITE)
            failed = self._install(place, pins, *options, hashed=hashed) or _spoilt(place / _SITE)
            if failed is None:
                write_whole(place / _WHOLE, content_digest(place / _SITE))
            return failed

        minor = base.python.rpartition(".")[0]
        place = self._built("packages", [minor, *pins], build, _unchanged)
        return place if isinstance(place, Unavailable) else place / _SITE

    def freeze(self, packages: Path) -> tuple[str, ...]:
        """One `name==version` for each distribution in a folder of packages."""
        found = [each.name.removesuffix(".dist-info").rpartition("-") for each in packages.glob("*.dist-info")]
        return tuple(sorted(f"{canonicalize_name(name)}=={version}" for name, _, version in found))

    def joined(self, base: Environment, *packages: Path) -> Path:
        """The interpreter of a virtual environment that sees *base*, then *packages*, and holds nothing itself."""
        site = site_packages(base.interpreter)

        def build(place: Path) -> None:
            minor = base.python.rpartition(".")[0]
            own = place / "lib" / f"python{minor}" / "site-packages"
            own.mkdir(parents=True)
            (place / "bin").mkdir()
            python_of(place).symlink_to(os.path.realpath(base.interpreter))
            shutil.copy(base.interpreter.parent.parent / "pyvenv.cfg", place)
            (own / "joined.pth").write_text("".join(f"{each}\n" for each in (site, *packages)), encoding="utf-8")
            (place / _WHOLE).touch()

        place = self._built("joined", [str(site), *map(str, packages)], build, Path.is_dir)
        if isinstance(place, Unavailable):
            raise TypeError("to join two folders cannot fail for a reason of theirs")
        return python_of(place)

    def _install(self, place: Path, pins: Pins, *command: str | Path, hashed: bool) -> Unavailable | None:
        place.mkdir(parents=True, exist_ok=True)
        strict = ("--require-hashes",) if hashed else ()
        with TemporaryDirectory() as folder:
            path = Path(folder) / "pins.txt"
            path.write_text("".join(f"{line}\n" for line in pins), encoding="utf-8")
            wanted = (path,) if "sync" in command else ("--requirements", path)
            build = ("--require-build-hashes", "--build-constraints", self.locks / BUILD_LOCK)
            return _uv(*command, "--quiet", *strict, *build, *wanted)

    def _built(
        self, kind: str, made_of: Sequence[str], build: Build, whole: Callable[[Path], object]
    ) -> Path | Unavailable:
        """The directory that *build* fills, building it where it is not there, or not as it was built."""
        backends = (self.locks / BUILD_LOCK).read_text(encoding="utf-8")
        # A virtual environment cannot be moved: what lies elsewhere is another one.
        key = hashlib.sha256("\0".join([str(self.cache), backends, *made_of]).encode()).hexdigest()[:16]
        place = self.cache / kind / key
        if (place / _WHOLE).is_file() and whole(place):
            return place
        make_folder(place.parent, self.cache)
        with FileLock(place.with_suffix(".lock")):
            if not ((place / _WHOLE).is_file() and whole(place)):
                for left in [place, *place.parent.glob(f"{key}.*.part")]:
                    clear(left)
                part = place.with_name(f"{key}.{uuid.uuid4().hex}.part")
                if failed := build(part):
                    clear(part)
                    return failed
                (part / _WHOLE).touch()
                part.rename(place)
        return place


def python_of(place: Path) -> Path:
    """The interpreter of the virtual environment *place*."""
    return place / "bin" / "python"


def site_packages(interpreter: Path) -> Path:
    """Where the virtual environment of *interpreter* keeps what is installed."""
    (found,) = (interpreter.parent.parent / "lib").glob("python*/site-packages")
    return found


def _remember(place: Path) -> Unavailable | None:
    """Write down what an environment holds, beside it."""
    site = site_packages(python_of(place))
    if failed := _spoilt(site):
        return failed
    try:
        built = inspect(python_of(place))
    except UserError as error:
        return Unavailable(Obstacle.NOT_INSTALLABLE, str(error))
    here = len(str(place)) + 1
    facts = asdict(built) | {"interpreter": "", "starlette_file": built.starlette_file[here:], "layer": None}
    write_whole(place / "environment.json", json.dumps(facts | {"content": content_digest(site)}))
    return None


def _spoilt(site: Path) -> Unavailable | None:
    """Say what is not as its distribution has it: whoever edits what uv linked to its cache edits that, too."""
    if file := spoilt(site):
        said = f"uv's cache holds another {file} than the distribution has; clean it: uv cache clean"
        return Unavailable(Obstacle.HASH_MISMATCH, said)
    return None


def _recall(place: Path) -> Environment | None:
    """What an environment held when it was built; None where it is not that any more."""
    try:
        facts = json.loads((place / "environment.json").read_text(encoding="utf-8"))
        if not python_of(place).exists() or facts.pop("content") != content_digest(site_packages(python_of(place))):
            return None
        changed = {
            "interpreter": python_of(place),
            "starlette_file": str(place / facts["starlette_file"]),
            "freeze": tuple(facts["freeze"]),
        }
        return Environment(**facts | changed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _damaged(place: Path) -> Unavailable:
    return Unavailable(Obstacle.NOT_INSTALLABLE, f"{place} changes while it is read; end what writes there")


def _unchanged(place: Path) -> bool:
    """Whether a folder of packages is as it was built."""
    try:
        return (place / _WHOLE).read_text(encoding="utf-8") == content_digest(place / _SITE)
    except OSError:
        return False


@cache
def _identity(interpreter: Path) -> tuple[str, ...]:
    """What tells an interpreter from another one at the same path later: its size and time stamp."""
    status = interpreter.resolve().stat()
    return str(interpreter), f"{status.st_size} {status.st_mtime_ns}", sys.platform


def _uv(*arguments: str | Path) -> Unavailable | None:
    """Run uv; what it says when it fails becomes the detail."""
    finished = uv(*arguments)
    return None if finished.code == 0 else Unavailable(*_obstacle(said(finished)))


def _obstacle(why: str) -> tuple[Obstacle, str]:
    if re.search(r"[Hh]ash(es)? mismatch|Hash mismatch", why):
        return Obstacle.HASH_MISMATCH, f"a distribution is not the one that was locked: {why}"
    return Obstacle.NOT_INSTALLABLE, why
