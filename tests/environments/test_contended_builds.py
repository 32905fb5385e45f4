"""Builds that are killed midway and builds that meet: there is one environment in the end, and it is whole."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from harness.support.files import make_folder
from tests.support.miniatures import MINIATURES
from tests.support.polling import until
from tests.support.projects import GREETING, MiniatureCase, lay_out

BUILD = """
from harness.runs.workspace import open_workspace
from harness.environments.target import Target

workspace = open_workspace()
profile = workspace.profiles["period"]
target = Target("1.0", profile, profile.moment(workspace.index, "1.1"), profile.python)
print(workspace.locked_builder().base(target))
"""
CASE = MiniatureCase("greeting_1", (("1.0", "1.1"),), GREETING)
MOMENTS: dict[str, Callable[[Path], object]] = {
    "its folder appears": lambda place: any(each.is_dir() for each in place.glob("*")),
    "its interpreter appears": lambda place: any(place.glob("*/bin/python")),
    "the first modules appear": lambda place: any(place.glob("*/lib/python*/site-packages/starlette/*.py")),
    "half of the modules are there": lambda place: len([*place.glob("*/lib/python*/*/starlette/part_?[05]?.py")]) > 99,
    "its metadata is there": lambda place: any(place.glob("*/lib/python*/site-packages/*.dist-info/RECORD")),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_that_was_killed_is_made_good_by_the_next_one(tmp_path: Path, moment: str) -> None:
    project = lay_out(tmp_path, {"1.0": "is_bulky", "1.1": "fixed"}, [CASE])
    environments = project.root / ".cache" / "environments"
    first = subprocess.Popen(
        [sys.executable, "-c", BUILD],
        cwd=project.root,
        env=project.variables(),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until(lambda: MOMENTS[moment](environments), every=0.0)
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    second = project.python("-c", BUILD)
    # An installer that outlived its caller may go on for a moment in a folder of its own, which nobody uses.
    (place,) = [folder for folder in _folders(environments) if folder.suffix != ".part"]
    assert second.stdout.startswith("Environment("), second.said
    assert_whole(place)


def test_two_builds_at_once_make_one_whole_environment(tmp_path: Path) -> None:
    project = lay_out(tmp_path, {"1.0": "is_bulky", "1.1": "fixed"}, [CASE])
    both = [
        subprocess.Popen(
            [sys.executable, "-c", BUILD],
            cwd=project.root,
            env=project.variables(),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert said[0].startswith("Environment(")
    assert said[0] == said[1]
    (place,) = _folders(project.root / ".cache" / "environments")
    assert_whole(place)


@pytest.mark.parametrize("in_the_way", ["nothing", "a file", "a link to nothing"])
def test_builds_that_begin_at_once_all_find_the_folder_that_they_need(tmp_path: Path, in_the_way: str) -> None:
    several, rounds = 4, 200
    together = Barrier(several)

    def begin(cache: Path) -> bool:
        together.wait(timeout=60)
        make_folder(cache / "environments" / "deep", cache)
        return (cache / "environments" / "deep").is_dir()

    with ThreadPoolExecutor(several) as pool:
        for number in range(rounds):
            cache = tmp_path / str(number)
            if in_the_way == "a file":
                cache.write_text("no folder")
            elif in_the_way == "a link to nothing":
                cache.symlink_to("nowhere")
            assert all(pool.map(begin, [cache] * several))


def assert_whole(place: Path) -> None:
    """All of the bulky release lies in the environment at *place*, and its Python imports it from there."""
    program = "import importlib, json, sys\nwanted = json.load(sys.stdin)\n"
    program += "print(sum(importlib.import_module('starlette.' + each).NUMBER for each in wanted))"
    wanted = [name.removesuffix(".py") for name in MINIATURES["is_bulky"]]
    finished = subprocess.run(
        [place / "bin" / "python", "-I", "-c", program],
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert finished.stdout.strip() == str(sum(range(len(wanted)))), finished.stderr


def _folders(place: Path) -> list[Path]:
    return [path for path in place.glob("*") if path.is_dir()]
