"""Upgrades between the real lock files in tests/locks, with what the package index holds. These need the network."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.support.exits import Exit
from harness.support.paths import ROOT

LOCKS = Path(__file__).parent / "locks"
FORMATS = ("uv.lock", "pylock.toml", "poetry.lock", "pdm.lock", "requirements.txt", "requirements-uv.txt")

# Of these it is known which release has them, and with what beside it.
CASES = [
    word
    for name in (
        "lifespan_example_330",
        "session_websocket_483",
        "connection_getitem_1117",
        "middleware_exception_group_1255",
    )
    for word in ("--case", name)
]

pytestmark = pytest.mark.network


def compared(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", "harness", "upgrade", *map(str, arguments), *CASES, "--format", "json"]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=600, check=False)
    assert ended.stdout, ended.stderr
    return ended.returncode, json.loads(ended.stdout)


def changes(document: dict[str, Any]) -> dict[int, str]:
    return {finding["issue"]: finding["change"] for finding in document["findings"]}


def best(document: dict[str, Any]) -> str:
    """The release to go to."""
    return next(str(each["release"]) for each in document["candidates"] if "best" in each["roles"])


@pytest.mark.parametrize("name", FORMATS)
def test_an_upgrade_between_two_locks_is_told_alike_whichever_tool_wrote_them(name: str) -> None:
    code, document = compared("--from", LOCKS / "2021-10-15" / name, "--to", LOCKS / "2023-10-15" / name)
    assert changes(document) == {330: "never_present", 483: "never_present", 1117: "fixed", 1255: "fixed"}
    steps = {step["name"]: (step["before"], step["after"]) for step in document["steps"]}
    assert (steps["starlette"], steps["anyio"]) == (("0.16.0", "0.27.0"), ("3.3.3", "3.7.1"))
    assert code == Exit.AS_EXPECTED


@pytest.mark.parametrize("name", FORMATS)
def test_a_downgrade_brings_the_bugs_back(name: str) -> None:
    code, document = compared("--from", LOCKS / "2026-06-15" / name, "--to", LOCKS / "2021-10-15" / name)
    assert changes(document) == {330: "never_present", 483: "never_present", 1117: "introduced", 1255: "introduced"}
    assert best(document) == "0.17.0"
    assert code == Exit.DIFFERS


def test_a_bug_may_come_from_anyio_alone() -> None:
    """Starlette 0.27.0 is right with the anyio of its lock and wrong with anyio 4."""
    lock = LOCKS / "2023-10-15" / "uv.lock"
    code, document = compared("--from", lock, "--to", "starlette==0.27.0 anyio==4.0.0")
    assert changes(document)[1255] == "introduced"
    assert [step["name"] for step in document["steps"] if step["name"] == "starlette"] == []
    assert best(document) == "0.31.0"
    assert code == Exit.DIFFERS


def test_fastapi_is_named_where_its_bound_does_not_allow_the_target() -> None:
    _, document = compared("--from", LOCKS / "2023-10-15" / "uv.lock", "--to", "starlette==0.31.0")
    (conflict,) = document["conflicts"]
    assert conflict["name"] == "fastapi"
    assert "fastapi==0.103.2 depends on starlette>=0.27.0,<0.28.0" in conflict["reason"]
