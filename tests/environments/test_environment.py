"""Building environments: what cannot be built is a value, and what was interrupted or changed is never trusted."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import harness.environments.uv
from harness.environments.builder import Builder
from harness.environments.locks import environment_lock
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.judgement.observation import Outcome
from harness.releases.index import Profile, load_index
from harness.support.processes import Finished, run
from repros.engine import Program, observe
from tests.support.environments import site_packages
from tests.support.miniatures import MINIATURES, pin, write_starlette, write_wheel
from tests.support.projects import write_index


@dataclass(frozen=True, slots=True)
class Yard:
    """A folder with wheels, locks and an index of releases 1.0 and 1.1, and what builds there."""

    folder: Path
    builder: Builder

    @property
    def wheels(self) -> Path:
        return self.folder / "wheels"

    def lock(self, release: str, text: str) -> None:
        environment_lock(self.builder.locks, release, Profile.PERIOD, "1.1").write_text(text, encoding="utf-8")

    def build(self, release: str = "1.0", python: str = "") -> Environment | Unavailable:
        return self.builder.environment(release, Profile.PERIOD, "1.1", python)


@pytest.fixture
def yard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Yard:
    folder = tmp_path / "a yard"
    write_index(folder / "releases.json", ("1.0", "1.1"))
    monkeypatch.setattr("harness.environments.locks.load_index", lambda: load_index(folder / "releases.json"))
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "FIND_LINKS": folder / "wheels",
        "CACHE_DIR": folder / "uv",
        "NO_INDEX": 1,
        "OFFLINE": 1,
    }.items():
        monkeypatch.setenv(f"UV_{name}", str(value))
    locks = folder / "locks"
    locks.mkdir()
    (locks / "build.txt").touch()
    yard = Yard(folder, Builder(locks, folder / "cache"))
    for release, miniature in {"1.0": "has_bug", "1.1": "fixed"}.items():
        yard.lock(release, pin(write_starlette(yard.wheels, miniature, release)))
    return yard


def assert_right(environment: Environment | Unavailable, release: str = "1.0", miniature: str = "has_bug") -> None:
    """Every file of the release is there, and nothing but the release is."""
    assert isinstance(environment, Environment), environment
    assert (environment.release, environment.freeze, environment.typed) == (release, (f"starlette=={release}",), True)
    package = site_packages(environment.interpreter) / "starlette"
    assert environment.starlette_file == str(package / "__init__.py")
    for name, text in MINIATURES[miniature].items():
        assert (package / name).read_text(encoding="utf-8") == text


def test_an_environment_holds_what_its_lock_pins_and_nothing_else(yard: Yard) -> None:
    assert_right(yard.build())
    assert_right(yard.build("1.1"), "1.1", "fixed")


def test_the_same_environment_is_built_once(yard: Yard) -> None:
    first = yard.build()
    shutil.rmtree(yard.wheels)
    shutil.rmtree(yard.folder / "uv")
    assert yard.build() == first


def test_a_lock_that_changes_makes_another_environment(yard: Yard) -> None:
    first = yard.build()
    yard.lock("1.0", pin(write_starlette(yard.wheels, "fixed", "1.0")))
    second = yard.build()
    assert_right(second, "1.0", "fixed")
    assert isinstance(first, Environment)
    assert isinstance(second, Environment)
    assert first.interpreter != second.interpreter


def test_a_wheel_that_is_not_the_locked_one_is_a_hash_mismatch_and_leaves_no_environment(yard: Yard) -> None:
    write_starlette(yard.wheels, "fixed", "1.0")
    refused = yard.build()
    assert isinstance(refused, Unavailable)
    assert refused.obstacle is Obstacle.HASH_MISMATCH
    assert "starlette==1.0" in refused.detail
    assert _folders(yard.builder.cache / "environments") == []


def test_a_lock_without_hashes_installs_nothing(yard: Yard) -> None:
    yard.lock("1.0", "starlette==1.0\n")
    assert isinstance(yard.build(), Unavailable)


def test_a_missing_lock_is_named_together_with_what_writes_it(yard: Yard) -> None:
    lock = environment_lock(yard.builder.locks, "1.0", Profile.PERIOD, "1.1")
    lock.unlink()
    refused = yard.build()
    assert isinstance(refused, Unavailable)
    assert refused.obstacle is Obstacle.NO_LOCK
    assert lock.name in refused.detail
    assert "nox -s lock" in refused.detail


def test_what_cannot_be_found_is_not_installable_until_it_can_be(yard: Yard) -> None:
    wheel = next(yard.wheels.glob("starlette-1.0-*"))
    hidden = wheel.rename(yard.folder / wheel.name)
    refused = yard.build()
    assert isinstance(refused, Unavailable)
    assert refused.obstacle is Obstacle.NOT_INSTALLABLE
    assert "starlette" in refused.detail
    hidden.rename(wheel)
    assert_right(yard.build())


def test_an_interpreter_that_is_nowhere_is_named_with_the_one_that_runs(yard: Yard) -> None:
    refused = yard.build(python="<3")
    assert isinstance(refused, Unavailable)
    assert refused.obstacle is Obstacle.NO_INTERPRETER
    assert "<3" in refused.detail
    assert ".".join(map(str, sys.version_info[:3])) in refused.detail


def test_drivers_are_there_for_the_program_and_shadow_nothing_that_the_environment_has(
    yard: Yard, tmp_path: Path
) -> None:
    shadowing = {"starlette/__init__.py": "raise AssertionError\n", "tiny_driver.py": "DRIVES = True\n"}
    driver = write_wheel(yard.wheels, "tiny_driver", "1.0", shadowing)
    (yard.builder.locks / "drivers.txt").write_text(pin(driver), encoding="utf-8")
    environment = yard.build()
    assert isinstance(environment, Environment)
    drivers = yard.builder.drivers(environment)
    assert isinstance(drivers, Path)
    program = tmp_path / "repro.py"
    program.write_text("import tiny_driver\nimport starlette\nassert tiny_driver.DRIVES\n", encoding="utf-8")
    seen = observe(environment, [Program(program, drivers)])[0]
    assert (seen.outcome, seen.imported_file, seen.freeze) == (
        Outcome.COMPLETED,
        environment.starlette_file,
        environment.freeze,
    )
    assert observe(environment, [Program(program)])[0].outcome is Outcome.RAISED


def test_drivers_that_are_not_the_locked_ones_are_a_hash_mismatch(yard: Yard) -> None:
    locked = pin(write_wheel(yard.wheels, "tiny_driver", "1.0", {"tiny_driver.py": "DRIVES = True\n"}))
    (yard.builder.locks / "drivers.txt").write_text(locked, encoding="utf-8")
    write_wheel(yard.wheels, "tiny_driver", "1.0", {"tiny_driver.py": "DRIVES = False\n"})
    environment = yard.build()
    assert isinstance(environment, Environment)
    refused = yard.builder.drivers(environment)
    assert isinstance(refused, Unavailable)
    assert refused.obstacle is Obstacle.HASH_MISMATCH


@pytest.mark.parametrize("step", ["venv", "pip"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_an_interrupt_left_half_built_is_never_used(
    yard: Yard, monkeypatch: pytest.MonkeyPatch, step: str, moment: str
) -> None:
    def interrupted(command: Sequence[str | Path], **options: Any) -> Finished:
        if step not in command:
            return run(command, **options)
        if moment == "after":
            run(command, **options)
            package = next(yard.builder.cache.glob("environments/*/lib/python*/site-packages/starlette"), None)
            if package:
                (package / "greeting.py").unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(harness.environments.uv, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            yard.build()
    assert_right(yard.build())


def _folders(place: Path) -> list[Path]:
    return [path for path in place.glob("*") if path.is_dir()]
