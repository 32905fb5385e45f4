"""What an environment is once it is built, and why it could not be."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Obstacle(StrEnum):
    """Why an environment could not be built."""

    NO_INTERPRETER = "no_interpreter"
    NO_LOCK = "no_lock"
    HASH_MISMATCH = "hash_mismatch"
    NOT_INSTALLABLE = "not_installable"
    WRONG_RELEASE = "wrong_release"


@dataclass(frozen=True, slots=True)
class Unavailable:
    """An environment that could not be built: a value, never confused with a wrong answer."""

    obstacle: Obstacle
    detail: str


@dataclass(frozen=True, slots=True)
class Environment:
    """An interpreter and exactly what is installed for it.

    `release` is the version of Starlette by its metadata, `starlette_file` what `import starlette`
    finds, `typed` whether it ships type information, `freeze` one `name==version` per distribution,
    `digest` is of Starlette's own source files, `intact` whether it is still what was built here.
    """

    interpreter: Path
    python: str
    release: str
    starlette_file: str
    typed: bool
    freeze: tuple[str, ...]
    digest: str = ""
    intact: bool = True

    @property
    def key(self) -> str:
        """Names whatever is kept about this environment: it has a cache of its own, and no other's."""
        identity = [str(self.interpreter), self.python, self.starlette_file, self.digest, *self.freeze]
        return hashlib.sha256("\n".join(identity).encode()).hexdigest()[:16]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(pin.partition("==")[0] for pin in self.freeze)
