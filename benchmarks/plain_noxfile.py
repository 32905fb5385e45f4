"""The plain way, to be measured against: a nox session and a virtual environment for each case and side.

Reads `cells.json` beside it: a list of {"name", "pins", "programs", "types"}.
"""

import json
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv"
nox.options.reuse_existing_virtualenvs = True

CELLS = json.loads(Path(__file__).with_name("cells.json").read_text(encoding="utf-8"))


@nox.session
@nox.parametrize("cell", [nox.param(cell, id=cell["name"]) for cell in CELLS])
def plain(session: nox.Session, cell: dict[str, list[str]]) -> None:
    """Install what a case needs together with the test tools, and run pytest and mypy there."""
    tools = ["pytest", "pytest-asyncio", "httpx", "anyio", "asgiref", "mypy"]
    session.install("--build-constraints", "build.txt", *cell["pins"], *tools)
    programs = [f"--program={program}" for program in cell["programs"]]
    session.run("pytest", "-q", "-p", "no:cacheprovider", "plain_test.py", *programs, success_codes=[0, 1])
    if cell["types"]:
        session.run("mypy", "--strict", *cell["types"], success_codes=[0, 1])
