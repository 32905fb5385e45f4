"""What the wheel depends on, and the groups of pins: each of them in a lock, and the same in all."""

import tomllib
from pathlib import Path

import pytest
from dependency_groups import resolve
from packaging.requirements import Requirement

from harness.environments.pins import pinned
from harness.pinning.locks import TOOLS_PYTHON
from harness.support.paths import LOCKS, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> set[str]:
    lines = (LOCKS / name).read_text(encoding="utf-8").splitlines()
    return {line.removesuffix(" \\") for line in lines if line[:1] not in ("", "#", " ")}


def test_the_wheel_depends_on_what_is_pinned_as_its_runtime_and_admits_these_pins() -> None:
    wanted = {each.name: each.specifier for each in map(Requirement, PROJECT["project"]["dependencies"])}
    pins = dict(pinned(each) for each in resolve(PROJECT["dependency-groups"], "runtime"))
    assert wanted.keys() == pins.keys()
    assert [name for name, version in pins.items() if version not in wanted[name]] == []


@pytest.mark.parametrize(("less", "more"), [("runtime.txt", "tools.txt"), ("tools.txt", "dev.txt")])
def test_what_a_lock_shares_with_a_larger_one_is_the_same_there(less: str, more: str) -> None:
    assert locked(less) <= locked(more)


def test_each_group_has_a_lock() -> None:
    assert [name for name in PROJECT["dependency-groups"] if not Path(LOCKS / f"{name}.txt").is_file()] == []


def test_the_wheel_and_the_tools_are_for_the_same_pythons() -> None:
    assert PROJECT["project"]["requires-python"] == f">={TOOLS_PYTHON}"
