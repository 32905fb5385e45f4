"""Faults: a project to inflict them on, and how what was seen of each comes into the table."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.environments import make_environment
from tests.support.miniatures import write_starlette
from tests.support.projects import FAREWELL, GREETING, SECONDS, Ended, MiniatureCase, Project, lay_out

CASES = (
    MiniatureCase("farewell_2", (("1.0", "1.1"),), FAREWELL),
    MiniatureCase("greeting_1", (("1.0", "1.1"),), GREETING),
)
Take = Callable[[object], None]
_PROGRESS = re.compile(r"nox > .*|.+(: |, with )Starlette \S+(, \d+ cases?)?")


@dataclass(frozen=True, slots=True)
class Yard:
    """A project of two cases, and an environment of somebody else's that has their bugs."""

    project: Project
    python: Path

    @classmethod
    def lay_out(
        cls, folder: Path, miniature: str = "has_bug", cases: Sequence[MiniatureCase] = CASES, newest: str = "fixed"
    ) -> "Yard":
        project = lay_out(folder, {"1.0": miniature, "1.1": newest}, cases)
        wheel = write_starlette(folder / "somebody else's", miniature, "1.0")
        return cls(project, make_environment(folder / "somebody else's" / "venv", [wheel]))

    @property
    def environment(self) -> Path:
        """Somebody else's: no fault may change it."""
        return self.python.parent.parent

    @property
    def cache(self) -> Path:
        return self.project.root / ".cache"

    def command(self, *arguments: str | Path, **more: str) -> Ended:
        """Run a command of the harness, without nox."""
        return self.project.python("-m", "harness", *arguments, more=more)

    def check(self, *arguments: str | Path, **more: str) -> Ended:
        """Check the environment for one bug, which it has."""
        return self.command("check", "--python", self.python, "--case", "greeting_1", *arguments, **more)

    def upgrade(self, *arguments: str | Path, **more: str) -> Ended:
        """Compare two releases, between which both bugs are fixed."""
        return self.command("upgrade", "--from", "starlette==1.0", "--to", "starlette==1.1", *arguments, **more)

    def nox(self, *arguments: str | Path, **more: str) -> Ended:
        return self.project.nox(*arguments, more=more)

    def shell(self, script: str, *arguments: str | Path, more: Mapping[str, str] | None = None) -> Ended:
        """Run a script of bash in the project's folder; `check` is what the method runs, `$python` the interpreter."""
        check = f'check() {{ "$python" -m harness check --python "{self.python}" --case greeting_1 "$@"; }}'
        finished = subprocess.run(
            ["bash", "-c", f'python="{sys.executable}"\n{check}\n{script}', "bash", *map(str, arguments)],
            cwd=self.project.root,
            env=self.project.variables(more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=SECONDS,
            check=False,
        )
        return Ended(finished.returncode, finished.stdout, finished.stderr)


def told(ended: Ended) -> list[str]:
    """The lines on standard error, without those in which nox or a command says how far it is."""
    return [line for line in ended.stderr.splitlines() if not _PROGRESS.fullmatch(line)]


def one_line(ended: Ended, code: int, *words: str) -> str:
    """Require exit *code* and a single line on standard error that has all *words*; what is for the table."""
    lines = told(ended)
    assert ended.code == code, ended.said
    assert len(lines) == 1, ended.stderr
    assert [word for word in words if word not in lines[0]] == [], lines
    assert "Traceback" not in ended.said
    return f"exit {code}: {lines[0]}"


def right(ended: Ended, code: int, *words: str) -> str:
    """Require exit *code*, all *words* on standard output, and nothing on standard error; what is for the table."""
    assert ended.code == code, ended.said
    assert told(ended) == [], ended.stderr
    # However a table breaks its lines.
    stdout = " ".join(ended.stdout.split())
    assert [word for word in words if word not in stdout] == [], ended.stdout
    return f"{'; '.join(words) or 'as without the fault'} (exit {code})"


def unprivileged(script: str) -> str:
    """*script* for `Yard.shell`, run by a user to whom is forbidden what root is allowed."""
    drop = "setpriv --bounding-set=-all --inh-caps=-all" if os.geteuid() == 0 else ""
    return f"export -f check; export python; {drop} bash -c {shlex.quote(script)}"
