"""Whole projects in a temporary folder: a copy of the code, with miniatures for its cases and its index."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.evidence.pages import BEGIN, END
from harness.runs.record import read_record
from harness.runs.row import Row
from tests.support.environments import NO_INDEX
from tests.support.miniatures import pin, write_starlette

CODE = (
    *("noxfile.py", "conftest.py", "pyproject.toml"),
    *("harness", "repros", "starlette_cases", "typing_checks", "benchmarks"),
)
CHECKOUT = Path(__file__).resolve().parent.parent.parent
# Every miniature was uploaded on this day, so one lock fits each release under both profiles.
DAY = "2020-01-01T10:00:00Z"
CUTOFF = "2020-01-02"
# The day of the upload, as the name of an environment has it: the end of it is the beginning of the next.
CUTOFF_DAY = CUTOFF
SECONDS = 240

GREETING = {
    "repro.py": '"""Nobody is greeted."""\n\nfrom starlette.greeting import greet\n\ngreet("ada")\n',
    "typing_check.py": '"""A control."""\n\nfrom starlette.greeting import greet\n\ntext: str = greet("ada")\n',
    "symptom": (
        '[[symptom]]\nraises = "AssertionError"\nraised_in = "starlette/greeting.py"\nmatches = "^nobody is greeted$"\n'
    ),
}
# The same, of which code can tell whether it is touched.
TOUCHING = GREETING | {"symptom": f"{GREETING['symptom']}[[touches]]\nname = 'starlette.greeting.greet'\n"}
FAREWELL = {
    "repro.py": '"""A control."""\n\nfrom starlette.farewell import Farewell\n\nFarewell().words("ada")\n',
    "typing_check.py": (
        '"""The words are text."""\n\nfrom starlette.farewell import Farewell\n\n'
        'text: str = Farewell().words("ada")  # E: assignment\n'
    ),
    "symptom": "",
}


@dataclass(frozen=True, slots=True)
class MiniatureCase:
    """A case about miniatures: its programs, the releases between which the bug was fixed, its needs."""

    name: str
    boundaries: tuple[tuple[str, str], ...]
    programs: Mapping[str, str]
    untyped: tuple[str, ...] = ()
    needs: str = ""
    more: str = ""
    profile: str = "period"
    kind: str = "bug"

    def write(self, cases: Path) -> None:
        """Write the case's directory."""
        issue = self.name.rpartition("_")[2]
        facts = f'title = "miniature"\narea = "types"\nkind = "{self.kind}"\n{self.more}'
        facts += "" if "[[mutant]]" in self.programs["symptom"] else 'no_mutant = "a miniature"\n'
        facts += "" if "[[touches]]" in self.programs["symptom"] else 'no_touches = "a miniature"\n'
        facts += f"[references]\nissue = {issue}\n"
        for broken, fixed in self.boundaries:
            facts += f'[[boundaries]]\nbroken = "{broken}"\nfixed = "{fixed}"\nprofile = "{self.profile}"\n'
            facts += f"untyped = {json.dumps(self.untyped)}\n"
        facts += f"[environment]\n{self.needs}\n"
        directory = cases / self.name
        directory.mkdir(parents=True)
        (directory / "README.md").write_text(f"A miniature.\n{BEGIN}\n{END}\n", encoding="utf-8")
        (directory / "case.toml").write_text(facts + self.programs["symptom"], encoding="utf-8")
        for name in [name for name in self.programs if name.endswith(".py")]:
            (directory / name).write_text(self.programs[name], encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    stdout: str
    stderr: str

    @property
    def said(self) -> str:
        return self.stdout + self.stderr


@dataclass(frozen=True, slots=True)
class Project:
    """A project of its own; *home* holds its wheels, uv's cache and whatever else lies outside of it."""

    root: Path
    home: Path

    @property
    def wheels(self) -> Path:
        return self.home / "wheels"

    @property
    def uv_cache(self) -> Path:
        return self.home / "uv cache"

    @property
    def record(self) -> Path:
        return self.root / "reports" / "cases.jsonl"

    def rows(self) -> tuple[Row, ...]:
        return read_record(self.record)

    def variables(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Nothing of the caller's but where programs lie, so that tests run alike wherever they are run from."""
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "PYENV_ROOT") if name in os.environ}
        uv = {"UV_FIND_LINKS": str(self.wheels), **NO_INDEX}
        # nox would set itself up where the caller's tools are not exactly those of the noxfile's script block.
        own = {"UV_CACHE_DIR": str(self.uv_cache), "HOME": str(self.home), "NOX_SCRIPT_MODE": "none"}
        # As on a terminal that speaks UTF-8, and refuses what is none.
        terminal = {"COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
        return {**kept, **uv, **own, **terminal, **(more or {})}

    def python(
        self, *arguments: str | Path, folder: Path | None = None, more: Mapping[str, str] | None = None
    ) -> Ended:
        """Run the tools' interpreter in *folder*, which is the project's own unless given, with *more* variables."""
        finished = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=folder or self.root,
            env=self.variables(more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        return Ended(finished.returncode, finished.stdout, finished.stderr)

    def nox(self, *arguments: str | Path, folder: Path | None = None, more: Mapping[str, str] | None = None) -> Ended:
        return self.python("-m", "nox", *arguments, folder=folder, more=more)

    def replace(self, file: str, old: str, new: str) -> None:
        """Edit the project's copy of a file, where *old* must be found exactly once."""
        text = (self.root / file).read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{old!r} is {text.count(old)} times in {file}")
        (self.root / file).write_text(text.replace(old, new), encoding="utf-8")

    @property
    def locks(self) -> Path:
        return self.root / "evidence" / "locks"

    def lock(self, version: str, pin: str | None, profile: str = f"period {CUTOFF_DAY}") -> None:
        """Let the locks pin *pin*, a line with its hash, for a release; with None they do not know it any more."""
        document = json.loads((self.locks / "environments.json").read_text(encoding="utf-8"))
        hashes = dict(line.split(" ", 1) for line in (self.locks / "hashes.txt").read_text("utf-8").splitlines())
        name = f"{version} {profile}"
        if pin is None:
            del document["environments"][name]
        else:
            line, _, rest = pin.strip().partition(" ")
            document["environments"][name] = [line]
            if rest:
                hashes[line] = rest
            else:
                hashes.pop(line, None)
        (self.locks / "environments.json").write_text(json.dumps(document), encoding="utf-8")
        text = "".join(f"{name} {rest}\n" for name, rest in sorted(hashes.items()))
        (self.locks / "hashes.txt").write_text(text, encoding="utf-8")


def lay_out(folder: Path, releases: Mapping[str, str], cases: Iterable[MiniatureCase]) -> Project:
    """Lay out a project about *releases*, which gives the miniature behind each version, oldest first."""
    project = Project(folder / "a project", folder / "a home")
    for name in CODE:
        if (CHECKOUT / name).is_dir():
            shutil.copytree(CHECKOUT / name, project.root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            project.root.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, project.root / name)
    (project.root / "cases").mkdir()
    shutil.copy(CHECKOUT / "cases" / "profiles.toml", project.root / "cases")
    for case in cases:
        case.write(project.root / "cases")
    write_index(project.root / "evidence" / "releases.json", releases)
    write_locks(project, releases)
    return project


def write_index(path: Path, versions: Iterable[str]) -> None:
    """Write the releases that the project knows of."""
    rows = [{"version": version, "uploaded": DAY, "yanked": False} for version in versions]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"as_of": f"{CUTOFF}T00:00:00Z", "releases": rows}), encoding="utf-8")


def write_locks(project: Project, releases: Mapping[str, str]) -> None:
    """Write the wheel of every release, and locks that pin it under both profiles."""
    project.locks.mkdir(parents=True, exist_ok=True)
    (project.locks / "build.txt").write_text("# Nothing.\n", encoding="utf-8")
    document = {"as_of": f"{CUTOFF}T00:00:00Z", "environments": {}}
    (project.locks / "environments.json").write_text(json.dumps(document), encoding="utf-8")
    (project.locks / "hashes.txt").write_text("", encoding="utf-8")
    for version, miniature in releases.items():
        line = pin(write_starlette(project.wheels, miniature, version))
        project.lock(version, line)
        project.lock(version, line, "today")
