"""A folder with a checkout of Starlette: which commit it is at, and an environment that is built from it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.catalogue.case import Case
from harness.environments.builder import interpreter_for
from harness.environments.interpreter import version_of
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.target import Target
from harness.releases.index import Index, end_of_day
from harness.releases.profiles import Cutoff, Profile
from harness.runs.plan import target_of
from harness.runs.workspace import Workspace
from harness.support.errors import UserError
from harness.support.processes import run
from harness.sweep.sweep import swept_python

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Checkout:
    """A work tree at a commit; `edited` says that its files are not all as that commit has them."""

    folder: Path
    commit: str
    committed: datetime
    edited: bool

    @property
    def name(self) -> str:
        """The commit in a few words."""
        edited = ", edited" if self.edited else ""
        return f"{self.commit[:10]} ({self.committed:%Y-%m-%d}{edited})"

    def target(self, case: Case, profile: Profile, index: Index) -> Target:
        """What the folder is built with, as if it were a release of the commit's day."""
        moment = index.as_of if profile.cutoff is Cutoff.INDEX else end_of_day(self.committed)
        return target_of(case, self.name, profile, moment, python=swept_python(profile))

    @contextmanager
    def environment(self, workspace: Workspace, target: Target) -> Iterator[Environment | Unavailable]:
        """Starlette as the folder has it now, installed for as long as the context."""
        workspace.cache.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="checkout-", dir=workspace.cache) as temporary:
            # Building leaves things behind, and takes up what an earlier build left.
            source = Path(temporary) / "starlette"
            for name in self._files():
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self.folder / name, source / name, follow_symlinks=False)
            builder = workspace.builder()
            interpreter = interpreter_for(target.python)
            if isinstance(interpreter, Unavailable):
                yield interpreter
                return
            pins = workspace.resolver().from_source(source, target, str(version_of(interpreter)))
            if isinstance(pins, Unavailable):
                yield _of_this_source(pins, source)
                return
            environment = builder.installer.environment(pins, interpreter, hashed=False)
            try:
                yield _of_this_source(environment, source)
            finally:
                if isinstance(environment, Environment):
                    for kept in (builder.bytecode, builder.mypy_caches):
                        shutil.rmtree(kept / environment.key, ignore_errors=True)
                    shutil.rmtree(environment.interpreter.parent.parent, ignore_errors=True)

    def _files(self) -> Iterator[Path]:
        """What the commit has and the folder still does, and modules that nobody has added yet."""
        tracked = _git(self.folder, "ls-files", "-z")
        added = _git(self.folder, "ls-files", "-z", "--others", "--exclude-standard", "--", "starlette")
        for name in dict.fromkeys(filter(None, f"{tracked}{added}".split("\0"))):
            path = self.folder / name
            if path.is_symlink() or path.is_file():
                yield Path(name)


def read_checkout(folder: Path) -> Checkout:
    """Look at a work tree.

    Raises:
        UserError: this is no checkout of Starlette.
    """
    if not (folder / "starlette" / "__init__.py").is_file():
        raise UserError(f"--checkout {folder}: there is no starlette/__init__.py; name a checkout of Starlette")
    top = Path(_git(folder, "rev-parse", "--show-toplevel").removesuffix("\n"))
    if top.resolve() != folder.resolve():
        raise UserError(f"--checkout {folder}: it is a part of the checkout {top}; name a checkout of Starlette")
    commit, moment = _git(folder, "log", "-1", "--format=%H %cI").split()
    edited = _git(folder, "--no-optional-locks", "status", "--porcelain", "--untracked-files=no")
    return Checkout(folder.resolve(), commit, datetime.fromisoformat(moment), bool(edited))


def _git(folder: Path, *arguments: str) -> str:
    """What git says about *folder*."""
    try:
        finished = run(["git", "-C", folder, *arguments], seconds=SECONDS)
    except OSError as error:
        raise UserError(f"--checkout {folder}: git cannot be run: {error.strerror}; install it") from None
    if finished.code != 0:
        said = (finished.stderr.strip() or "git said nothing").splitlines()[0]
        raise UserError(f"--checkout {folder}: {said}; name a checkout of Starlette")
    return finished.stdout


def _of_this_source(environment: Environment | Unavailable, source: Path) -> Environment | Unavailable:
    """The environment, unless it holds a module that is not the one of *source*."""
    if isinstance(environment, Unavailable):
        said = environment.detail.replace(source.as_uri(), "the checkout").replace(str(source), "the checkout")
        return replace(environment, detail=said)
    package = Path(environment.starlette_file).parent
    for module in sorted(package.rglob("*.py")):
        own = source / "starlette" / module.relative_to(package)
        if not own.is_file() or own.read_bytes() != module.read_bytes():
            said = f"starlette/{module.relative_to(package)} is not the one of the checkout"
            return Unavailable(Obstacle.WRONG_RELEASE, said)
    return environment
