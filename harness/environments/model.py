"""What an environment is once it is built, and why there is none."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Obstacle(StrEnum):
    """Why a program was not run: there is no environment, or it is not one that the bug can be in."""

    # The environment could not be built.
    NO_INTERPRETER = "no_interpreter"
    NO_LOCK = "no_lock"
    HASH_MISMATCH = "hash_mismatch"
    UNREACHABLE = "unreachable"
    NOT_INSTALLABLE = "not_installable"
    WRONG_RELEASE = "wrong_release"
    # There is nothing to be affected.
    WRONG_PYTHON = "wrong_python"
    EXCLUDED = "excluded"
    MISSING_PACKAGE = "missing_package"


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why there is no environment: a value, never confused with a wrong answer."""

    obstacle: Obstacle
    detail: str


@dataclass(frozen=True, slots=True)
class Layer:
    """What a case's programs need besides, over a base environment.

    `packages` is a folder that is searched after everything that the base has, None where nothing is needed;
    `checker` the interpreter that mypy asks, which sees the base and the packages; `freeze` one
    `name==version` for each distribution in it.
    """

    packages: Path | None
    checker: Path
    freeze: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Environment:
    """An interpreter and exactly what is installed for it, with a layer over it.

    `implementation` is what `sys.implementation` says, such as cpython; `release` the version of Starlette by its
    metadata, `starlette_file` what `import starlette` finds, `typed` whether it ships type information, `freeze` one
    `name==version` for each distribution, those of the layer among them; `digest` is of Starlette's own files,
    `intact` says whether everything is still what was built here, `doubt` why what is seen need not be what the
    release shows, empty where nothing says so.
    """

    interpreter: Path
    python: str
    release: str
    starlette_file: str
    typed: bool
    freeze: tuple[str, ...]
    digest: str = ""
    intact: bool = True
    implementation: str = "cpython"
    layer: Layer | None = None
    doubt: str = ""

    @property
    def checker(self) -> Path:
        """The interpreter that mypy asks where to find things."""
        return self.layer.checker if self.layer else self.interpreter

    @property
    def packages(self) -> Path | None:
        """The folder of its layer's packages, if there is one."""
        return self.layer.packages if self.layer else None

    @property
    def key(self) -> str:
        """Names whatever is kept about this environment: it has a cache of its own, and no other's."""
        identity = [str(self.checker), self.python, self.starlette_file, self.digest, *self.freeze]
        return hashlib.sha256("\n".join(identity).encode()).hexdigest()[:16]

    @property
    def content(self) -> str:
        """What it is made of, wherever it lies: two environments with the same content show the same."""
        identity = [self.implementation, self.python, self.digest, *self.freeze]
        return hashlib.sha256("\n".join(identity).encode()).hexdigest()[:24]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(pin.partition("==")[0] for pin in self.freeze)
