"""Where a program runs: a private copy of its case, an empty folder to work in, and files that take its output."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from harness.support.processes import written

# So many of the files beside a program that belongs to no case are in reach of it.
_MOST_BESIDE = 1000


@dataclass(frozen=True, slots=True)
class Program:
    """A program and what it imports besides the target's own packages.

    `packages` is a folder of packages that are a layer over the target, `drivers` one of the program's own tools:
    searched in this order, after everything that the target has. `through` is a program that is run in its place, with
    its arguments: the last one that it is given is this program's path.
    """

    file: Path
    packages: Path | None = None
    drivers: Path | None = None
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workplace:
    """A folder below which one program runs, and what it makes of it."""

    folder: Path
    program: Program

    @classmethod
    def each(cls, programs: Iterable[Program], folder: Path) -> "Iterator[Workplace]":
        """Lay out one for each of *programs*, apart from each other, in *folder*."""
        read = cache(read_case)
        for number, program in enumerate(programs):
            workplace = cls(folder / str(number), program)
            workplace.work.mkdir(parents=True)
            workplace.file.parent.parent.mkdir()
            lay_out(read(program.file.parent), program.file, workplace.file.parent)
            yield workplace

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def file(self) -> Path:
        """The copy of the program."""
        return self.folder / "case" / (self.program.file.parent.name or "case") / self.program.file.name

    @property
    def request(self) -> dict[str, Any]:
        """What the probe is told of it."""
        return {
            "program": str(self.file),
            "folder": str(self.work),
            "packages": str(self.program.packages or ""),
            "drivers": str(self.program.drivers or ""),
            "through": list(self.program.through),
            "stdout": str(self.folder / "stdout"),
            "stderr": str(self.folder / "stderr"),
        }

    def original(self, text: str) -> str:
        """*text* as it would be if the program had run where it lies."""
        return text.replace(str(self.file.parent), str(self.program.file.parent))

    def written(self, name: str) -> str:
        """What the program wrote to `stdout` or `stderr`."""
        try:
            with (self.folder / name).open("rb") as stream:
                return written(stream)
        except OSError:
            return ""


def read_case(directory: Path) -> Mapping[str, bytes]:
    """What each file of the case in *directory* holds, by its relative path; nothing where that is no case."""
    if not (directory / "case.toml").is_file():
        return {}
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def lay_out(case: Mapping[str, bytes], program: Path, folder: Path) -> None:
    """Write a *case*, or where there is none its *program*, into *folder*, to be read only.

    What lies beside a program that belongs to no case may be anything: it is linked.
    """
    folder.mkdir()
    if not case:
        for path in islice(program.absolute().parent.iterdir(), _MOST_BESIDE):
            if path.name != program.name:
                (folder / path.name).symlink_to(path)
        case = {program.name: program.read_bytes()} if program.is_file() else {}
    for name, content in case.items():
        if "/" in name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with open(folder / name, "xb", opener=_read_only) as stream:
            stream.write(content)
    folder.chmod(0o555)


def _read_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o444)
