"""A new case leaves everything of the others as it is, byte for byte: pins, environments, observations, verdicts."""

import json
import sqlite3
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from harness.runs.record import read_record
from harness.runs.row import Row
from harness.support.exits import Exit
from tests.support.environments import fingerprint
from tests.support.miniatures import write_wheel
from tests.support.projects import FAREWELL, GREETING, MiniatureCase, Project, lay_out

BOUNDARY = (("1.0", "1.1"),)


def needing(module: str) -> Mapping[str, str]:
    """A repro that imports a package besides."""
    return {
        **GREETING,
        "repro.py": GREETING["repro.py"].replace("from starlette", f"import {module}\nfrom starlette", 1),
    }


OLD = (
    MiniatureCase("farewell_2", BOUNDARY, FAREWELL),
    MiniatureCase("greeting_1", BOUNDARY, GREETING),
    MiniatureCase("helped_3", BOUNDARY, needing("tiny_helper"), needs='requires = ["tiny-helper"]'),
)
NEW = MiniatureCase("driven_9", BOUNDARY, needing("another_helper"), needs='requires = ["another-helper"]')


@dataclass(frozen=True, slots=True)
class State:
    """Everything that a project holds about its cases: what is committed, and what was built and seen."""

    environments: Mapping[str, object]
    lines: tuple[str, ...]
    built: Mapping[str, object]
    observations: Mapping[str, bytes]
    rows: tuple[Row, ...]
    committed: Mapping[str, bytes]


def state(project: Project) -> State:
    """What there is now of whatever is not about the new case."""
    locks = (project.locks / "environments.json").read_text("utf-8"), (project.locks / "hashes.txt").read_text("utf-8")
    cache = project.root / ".cache"
    committed = [
        path
        for folder in ("evidence", "cases")
        for path in (project.root / folder).rglob("*")
        if path.is_file() and path.parent != project.locks and "__pycache__" not in path.parts
    ]
    with sqlite3.connect(cache / "observations.sqlite") as database:
        observations = dict(database.execute("SELECT key, runs FROM observations"))
    return State(
        environments=json.loads(locks[0])["environments"],
        lines=tuple(line.rstrip(",") for text in locks for line in text.splitlines()),
        built={
            f"{kind} {path}": found
            for kind in ("environments", "packages", "joined", "resolutions")
            for path, found in fingerprint(cache / kind).items()
            # What is in a folder changes its time stamp, and says nothing of what was there before.
            if "/" in path
        },
        observations=observations,
        rows=tuple(replace(row, seconds=0.0) for row in read_record(project.record) if row.case != NEW.name),
        committed={str(path.relative_to(project.root)): path.read_bytes() for path in committed},
    )


def run(project: Project, *arguments: str) -> str:
    ended = project.nox(*arguments)
    assert ended.code == Exit.AS_EXPECTED, ended.said
    return ended.said


@dataclass(frozen=True, slots=True)
class Grown:
    """A project before and after a case was added, and what the commands said of it."""

    project: Project
    before: State
    after: State
    said: str


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    project = lay_out(tmp_path_factory.mktemp("grown"), {"1.0": "has_bug", "1.1": "fixed"}, OLD)
    project.replace("harness/sweep/sweep.py", '"3.11"', f'"{sys.version_info[0]}.{sys.version_info[1]}"')
    write_wheel(project.wheels, "tiny_helper", "1.0", {"tiny_helper.py": "HELP = True\n"})
    run(project, "-s", "lock", "--", "--case", "helped_3")
    run(project, "-s", "cases")
    run(project, "-s", "sweep")
    before = state(project)
    # By now what the others have pinned has a further file, as for a newer Python.
    (helper,) = project.wheels.glob("tiny_helper-1.0-*")
    helper.with_name("tiny_helper-1.0-py2-none-any.whl").write_bytes(helper.read_bytes() + b"\0")
    write_wheel(project.wheels, "another_helper", "2.0", {"another_helper.py": "HELP = True\n"}, ["tiny-helper"])
    NEW.write(project.root / "cases")
    said = run(project, "-s", "lock", "--", "--case", NEW.name)
    run(project, "-s", "cases")
    run(project, "-s", "sweep")
    return Grown(project, before, state(project), said)


def test_the_new_case_is_confirmed(grown: Grown) -> None:
    rows = [row for row in grown.project.rows() if row.case == NEW.name and row.discriminates]
    assert [(str(row.side), str(row.verdict)) for row in rows] == [
        ("broken", "affected"),
        ("fixed", "unaffected"),
        ("newest", "unaffected"),
    ]


def test_only_lines_for_the_new_case_are_added_to_the_locks(grown: Grown) -> None:
    assert "3 of 6 environments of driven_9 are new" in grown.said
    assert [line for line in grown.after.lines if line in grown.before.lines] == list(grown.before.lines)
    assert {name: grown.after.environments[name] for name in grown.before.environments} == grown.before.environments
    new = set(grown.after.environments) - set(grown.before.environments)
    assert new
    assert {name.rpartition(" + ")[2] for name in new} == {"another-helper"}
    added = [line for line in grown.after.lines if line not in grown.before.lines and "another-helper" not in line]
    assert added == []


def test_every_environment_and_layer_is_as_it_was(grown: Grown) -> None:
    assert grown.before.built
    assert {path: grown.after.built.get(path) for path in grown.before.built} == grown.before.built


def test_every_stored_observation_is_as_it_was(grown: Grown) -> None:
    assert grown.before.observations
    kept = {key: grown.after.observations.get(key) for key in grown.before.observations}
    assert kept == grown.before.observations
    assert len(grown.after.observations) > len(kept)


def test_every_row_says_the_same(grown: Grown) -> None:
    assert grown.before.rows
    assert grown.after.rows == grown.before.rows


def test_the_others_files_and_evidence_are_as_they_were(grown: Grown) -> None:
    kept = {path: grown.after.committed.get(path) for path in grown.before.committed}
    assert kept == grown.before.committed
    added = set(grown.after.committed) - set(grown.before.committed)
    assert {Path(path).stem if path.startswith("evidence") else Path(path).parts[1] for path in added} == {NEW.name}
