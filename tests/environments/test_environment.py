"""Building environments: what cannot be built is a value, and what was interrupted or changed is never trusted."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import harness.environments.uv
from harness.environments.builder import Builder
from harness.environments.installation import Installer
from harness.environments.model import Obstacle
from harness.environments.target import Target
from harness.releases.profiles import TODAY
from harness.support.processes import Finished, run
from tests.environments.conftest import AS_OF, Yard, assert_right, built, folders, refused
from tests.support.environments import site_packages
from tests.support.factories import profile, target
from tests.support.miniatures import pin, write_starlette, write_wheel


def today(release: str = "1.0") -> Target:
    return target(release, profile=profile(TODAY), cutoff=AS_OF)


def test_an_environment_holds_what_its_lock_pins_and_nothing_else(yard: Yard) -> None:
    assert_right(yard.build())
    assert_right(yard.build(target("1.1")), "1.1", "fixed")


def test_the_same_environment_is_built_once(yard: Yard) -> None:
    first = yard.build()
    shutil.rmtree(yard.wheels)
    shutil.rmtree(yard.folder / "uv")
    assert yard.build() == first


def test_profiles_that_pin_the_same_have_one_environment(yard: Yard) -> None:
    yard.lock(today().name, yard.wheels / "starlette-1.0-py3-none-any.whl")
    assert yard.build(today()) == yard.build()


def test_a_lock_that_changes_makes_another_environment(yard: Yard) -> None:
    first = built(yard.build())
    yard.lock(target("1.0").name, write_starlette(yard.wheels, "fixed", "1.0"))
    second = built(yard.build())
    assert_right(second, "1.0", "fixed")
    assert first.interpreter != second.interpreter


def test_a_wheel_that_is_not_the_locked_one_is_a_hash_mismatch_and_leaves_no_environment(yard: Yard) -> None:
    write_starlette(yard.wheels, "fixed", "1.0")
    why = refused(yard.build())
    assert why.obstacle is Obstacle.HASH_MISMATCH
    assert "starlette==1.0" in why.detail
    assert folders(yard.cache / "environments") == []


def test_a_lock_without_hashes_installs_nothing(yard: Yard) -> None:
    (yard.locks / "hashes.txt").write_text("", encoding="utf-8")
    assert refused(yard.build()).obstacle is Obstacle.NOT_INSTALLABLE
    assert folders(yard.cache / "environments") == []


def test_a_missing_lock_is_named_together_with_what_writes_it(yard: Yard) -> None:
    why = refused(yard.build(target("1.2")))
    assert why.obstacle is Obstacle.NO_LOCK
    assert "evidence/locks has no environment '1.2 period 2021-11-05'" in why.detail
    assert "nox -s lock" in why.detail


def test_locks_of_another_day_are_stale_for_what_is_of_the_indexs_day_and_for_nothing_else(yard: Yard) -> None:
    yard.lock(today().name, yard.wheels / "starlette-1.0-py3-none-any.whl")
    later = yard.locked(AS_OF + timedelta(days=1))
    why = refused(later.base(today()))
    assert (why.obstacle, "'1.0 today' of the index's day" in why.detail) == (Obstacle.NO_LOCK, True)
    assert_right(later.base(target("1.0")))


def test_of_a_lock_for_every_python_only_what_fits_the_interpreter_is_installed(yard: Yard) -> None:
    other = pin(write_wheel(yard.wheels, "other", "1.0", {"other.py": ""})).strip()
    own = pin(yard.wheels / "starlette-1.0-py3-none-any.whl").strip()
    line, hashes = other.split(" ", 1)
    for python, names in {">": ["starlette"], "<=": ["other", "starlette"]}.items():
        marker = f"{line} ; python_full_version {python} '{sys.version_info[0]}.{sys.version_info[1]}.99'"
        yard.pinned.add(target("1.0").name, (own, f"{marker} {hashes}"))
        yard.lock("anything")
        assert [each.partition("==")[0] for each in built(yard.build()).freeze] == names


def test_what_is_pinned_under_the_name_of_another_release_is_not_taken_for_it(yard: Yard) -> None:
    yard.lock(target("1.0").name, yard.wheels / "starlette-1.1-py3-none-any.whl")
    assert refused(yard.build()).obstacle is Obstacle.WRONG_RELEASE


def test_what_cannot_be_found_is_not_installable_until_it_can_be(yard: Yard) -> None:
    wheel = next(yard.wheels.glob("starlette-1.0-*"))
    hidden = wheel.rename(yard.folder / wheel.name)
    why = refused(yard.build())
    assert why.obstacle is Obstacle.NOT_INSTALLABLE
    assert "starlette" in why.detail
    hidden.rename(wheel)
    assert_right(yard.build())


def test_an_interpreter_that_is_nowhere_is_named(yard: Yard) -> None:
    why = refused(yard.build(target("1.0", python="<3")))
    assert why.obstacle is Obstacle.NO_INTERPRETER
    assert "needs CPython <3, and none was found on this machine" in why.detail


def cut(place: Path) -> None:
    facts = (place / "environment.json").read_bytes()
    (place / "environment.json").write_bytes(facts[: len(facts) // 2])


def empty(place: Path) -> None:
    (place / "environment.json").write_text("{}", encoding="utf-8")


def lose_the_facts(place: Path) -> None:
    (place / "environment.json").unlink()


def lose_the_interpreter(place: Path) -> None:
    (place / "bin" / "python").unlink()


def lose_a_module(place: Path) -> None:
    next(place.glob("lib/python*/site-packages/starlette/greeting.py")).unlink()


def lose_the_mark_that_it_is_whole(place: Path) -> None:
    (place / "whole").unlink()


def edit_and_keep_size_and_time_stamp(place: Path) -> None:
    file = next(place.glob("lib/python*/site-packages/starlette/greeting.py"))
    status, text = file.stat(), file.read_text(encoding="utf-8")
    # Not through the link into uv's cache.
    file.unlink()
    file.write_text(text.replace("nobody", "no_one"), encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)


DAMAGE: Sequence[Callable[[Path], None]] = (
    cut,
    empty,
    lose_the_facts,
    lose_the_interpreter,
    lose_a_module,
    lose_the_mark_that_it_is_whole,
    edit_and_keep_size_and_time_stamp,
)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_what_was_damaged_is_built_again(yard: Yard, damage: Callable[[Path], None]) -> None:
    before = built(yard.build())
    damage(before.interpreter.parent.parent)
    assert yard.build() == before
    assert_right(before)


def test_bytecode_is_no_damage(yard: Yard) -> None:
    package = site_packages(built(yard.build()).interpreter) / "starlette"
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "greeting.cpython-311.pyc").write_bytes(b"code")
    shutil.rmtree(yard.wheels)
    shutil.rmtree(yard.folder / "uv")
    assert_right(yard.build())


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
            package = next(yard.cache.glob("environments/*/lib/python*/site-packages/starlette"), None)
            if package:
                (package / "greeting.py").unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(harness.environments.uv, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            yard.build()
    assert_right(yard.build())
    assert len(folders(yard.cache / "environments")) == 1


def test_a_cache_that_was_moved_is_another_one(yard: Yard) -> None:
    """A virtual environment says in many files where it lies."""
    first = built(yard.build())
    elsewhere = Builder(yard.locked().pins, Installer(yard.locks, yard.cache.rename(yard.folder / "another cache")))
    second = built(elsewhere.base(target("1.0")))
    assert second.interpreter.is_relative_to(yard.folder / "another cache")
    assert second.interpreter.parent.parent.name != first.interpreter.parent.parent.name
