"""What a case needs lies over a base environment, which it neither changes nor shadows; equal needs share one."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from harness.catalogue.case import Needs
from harness.environments.locks import beside_name
from harness.environments.model import Environment, Obstacle
from harness.environments.target import Target, Wanted
from harness.judgement.observation import Outcome
from repros.engine import Program, observe
from tests.environments.conftest import UNANSWERED, Yard, built, refused
from tests.support.environments import fingerprint, site_packages
from tests.support.factories import target
from tests.support.miniatures import write_wheel

SHADOWING = {"starlette/__init__.py": "raise AssertionError('shadowed')\n", "tiny_helper.py": "HELPS = True\n"}
HELPER = Wanted.of(["tiny-helper"])


def needing(*requires: str, release: str = "1.0", **more: list[str]) -> Target:
    return target(
        release, layer=Wanted.of(requires, more.get("optional", ())), drivers=Wanted.of(more.get("drivers", ()))
    )


@pytest.fixture
def helped(yard: Yard) -> Yard:
    """A yard with a helper, which would shadow Starlette, pinned for both releases."""
    helper = write_wheel(yard.wheels, "tiny_helper", "1.0", SHADOWING)
    for release in ("1.0", "1.1"):
        yard.lock(beside_name(target(release), HELPER), helper, yard.wheels / f"starlette-{release}-py3-none-any.whl")
    return yard


def layered(yard: Yard, wanted: Target) -> Environment:
    builder = yard.locked()
    return built(builder.layered(built(builder.base(wanted)), wanted))


def said(interpreter: Path, program: str) -> str:
    command = [str(interpreter), "-I", "-c", program]
    finished = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return finished.stdout.strip()


def test_a_target_that_wants_nothing_besides_is_its_base(yard: Yard) -> None:
    builder = yard.locked()
    base = built(builder.base(target("1.0")))
    assert builder.layered(base, target("1.0")) is base
    assert builder.drivers(base, target("1.0")) is None


def test_a_layer_is_there_beside_the_base_and_shadows_nothing_that_it_has(helped: Yard, tmp_path: Path) -> None:
    found = layered(helped, needing("tiny-helper"))
    assert found.freeze == ("starlette==1.0", "tiny-helper==1.0")
    program = tmp_path / "repro.py"
    program.write_text("import tiny_helper, starlette\nassert tiny_helper.HELPS\n", encoding="utf-8")
    (seen,) = observe(found, [Program(program, found.packages)])
    assert (seen.outcome, seen.imported_file, seen.freeze) == (Outcome.COMPLETED, found.starlette_file, found.freeze)
    # The same to mypy, which asks the interpreter where things are.
    whence = "import starlette, tiny_helper; print(starlette.__file__, tiny_helper.HELPS)"
    assert said(found.checker, whence) == f"{found.starlette_file} True"
    assert observe(found, [Program(program)])[0].outcome is Outcome.RAISED


def test_a_layer_changes_no_byte_of_its_base(helped: Yard) -> None:
    base = built(helped.build())
    before = fingerprint(site_packages(base.interpreter))
    layered(helped, needing("tiny-helper"))
    assert fingerprint(site_packages(base.interpreter)) == before
    assert helped.build() == base


def test_equal_needs_share_a_folder_and_each_base_joins_it_in_its_own_way(helped: Yard) -> None:
    one, again, other = (layered(helped, needing("tiny-helper", release=each)) for each in ("1.0", "1.0", "1.1"))
    assert one == again
    assert one.packages == other.packages
    assert one.checker != other.checker


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["Tiny_Helper"], ["tiny-helper"]),
        (["tiny.helper", "tiny-helper"], ["tiny-helper"]),
        (["b", "a"], ["a", "b"]),
        (["a>=1,<2"], ["a <2, >=1"]),
    ],
)
def test_needs_that_are_written_otherwise_are_the_same(one: list[str], other: list[str]) -> None:
    assert Wanted.of(one) == Wanted.of(other)


def test_a_layer_that_was_damaged_is_built_again(helped: Yard) -> None:
    found = layered(helped, needing("tiny-helper"))
    assert found.packages is not None
    module = found.packages / "tiny_helper.py"
    module.unlink()
    module.write_text("HELPS = None\n", encoding="utf-8")
    assert layered(helped, needing("tiny-helper")) == found
    assert module.read_text(encoding="utf-8") == SHADOWING["tiny_helper.py"]


def test_a_layer_is_built_once(helped: Yard) -> None:
    first = layered(helped, needing("tiny-helper"))
    shutil.rmtree(helped.wheels)
    shutil.rmtree(helped.folder / "uv")
    assert layered(helped, needing("tiny-helper")) == first


def test_a_layer_that_is_not_locked_is_named(yard: Yard) -> None:
    builder = yard.locked()
    why = refused(builder.layered(built(builder.base(target("1.0"))), needing("tiny-helper")))
    assert why.obstacle is Obstacle.NO_LOCK
    assert "'1.0 period 2021-11-05 + tiny-helper'; write it with: nox -s lock" in why.detail


def test_a_layer_that_is_not_the_locked_one_is_a_hash_mismatch(helped: Yard) -> None:
    write_wheel(helped.wheels, "tiny_helper", "1.0", {"tiny_helper.py": "HELPS = False\n"})
    builder = helped.locked()
    why = refused(builder.layered(built(builder.base(target("1.0"))), needing("tiny-helper")))
    assert why.obstacle is Obstacle.HASH_MISMATCH


@pytest.mark.parametrize("how", UNANSWERED)
@pytest.mark.parametrize("needs", [needing("nowhere-to-be-had"), needing(optional=["nowhere-to-be-had"])])
def test_where_the_index_does_not_answer_nothing_is_said_to_be_missing(
    yard: Yard, needs: Target, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = yard.resolved()
    base = built(builder.base(target("1.0")))
    for name, value in UNANSWERED[how].items():
        monkeypatch.setenv(name, value)
    assert refused(builder.layered(base, needs)).obstacle is Obstacle.UNREACHABLE


def test_what_the_feature_needs_and_cannot_be_had_is_a_missing_package(yard: Yard) -> None:
    builder = yard.resolved()
    base = built(builder.base(target("1.0")))
    assert refused(builder.layered(base, needing("nowhere-to-be-had"))).obstacle is Obstacle.MISSING_PACKAGE


def test_what_is_optional_is_tried_one_by_one_and_left_out_alone(yard: Yard) -> None:
    write_wheel(yard.wheels, "fits", "1.0", {"fits.py": ""})
    write_wheel(yard.wheels, "wants_another", "1.0", {"wants_another.py": ""}, ["starlette>=2"])
    builder = yard.resolved()
    base = built(builder.base(target("1.0")))
    wanted = needing(optional=["nowhere-to-be-had", "fits", "wants-another"])
    assert built(builder.layered(base, wanted)).freeze == ("fits==1.0", "starlette==1.0")
    assert builder.layered(base, needing(optional=["nowhere-to-be-had"])) == base


def test_what_a_layer_brings_along_stays_within_the_versions_of_the_base(yard: Yard) -> None:
    for version in ("1.0", "2.0"):
        write_wheel(yard.wheels, "shared", version, {"shared.py": f"VERSION = {version!r}\n"})
    starlette = yard.wheels / "starlette-1.0-py3-none-any.whl"
    starlette.unlink()
    write_wheel(yard.wheels, "starlette", "1.0", {"starlette/__init__.py": ""}, ["shared<2"])
    write_wheel(yard.wheels, "plugin", "1.0", {"plugin.py": ""}, ["shared"])
    builder = yard.resolved()
    base = built(builder.base(target("1.0")))
    assert built(builder.layered(base, needing("plugin"))).freeze == ("plugin==1.0", "shared==1.0", "starlette==1.0")


def test_drivers_are_there_for_the_program_and_shadow_nothing_that_the_environment_has(
    yard: Yard, tmp_path: Path
) -> None:
    shadowing = {"starlette/__init__.py": "raise AssertionError\n", "tiny_driver.py": "DRIVES = True\n"}
    wanted = needing(drivers=["tiny-driver"])
    yard.lock(
        beside_name(wanted, Wanted(optional=("tiny-driver",))),
        write_wheel(yard.wheels, "tiny_driver", "1.0", shadowing),
    )
    builder = yard.locked()
    environment = built(builder.base(wanted))
    drivers = builder.drivers(environment, wanted)
    assert isinstance(drivers, Path)
    program = tmp_path / "repro.py"
    program.write_text("import tiny_driver\nimport starlette\nassert tiny_driver.DRIVES\n", encoding="utf-8")
    seen = observe(environment, [Program(program, drivers=drivers)])[0]
    assert (seen.outcome, seen.imported_file, seen.freeze) == (
        Outcome.COMPLETED,
        environment.starlette_file,
        environment.freeze,
    )
    assert observe(environment, [Program(program)])[0].outcome is Outcome.RAISED


def test_drivers_that_are_not_the_locked_ones_are_a_hash_mismatch(yard: Yard) -> None:
    wanted = needing(drivers=["tiny-driver"])
    locked = write_wheel(yard.wheels, "tiny_driver", "1.0", {"tiny_driver.py": "DRIVES = True\n"})
    yard.lock(beside_name(wanted, Wanted(optional=("tiny-driver",))), locked)
    write_wheel(yard.wheels, "tiny_driver", "1.0", {"tiny_driver.py": "DRIVES = False\n"})
    builder = yard.locked()
    why = refused(builder.drivers(built(builder.base(wanted)), wanted))
    assert why.obstacle is Obstacle.HASH_MISMATCH


def test_a_driver_that_is_not_to_be_had_takes_no_other_along(yard: Yard) -> None:
    write_wheel(yard.wheels, "tiny_driver", "1.0", {"tiny_driver.py": ""})
    wanted = needing(drivers=["nowhere-to-be-had", "tiny-driver"])
    builder = yard.resolved()
    base = built(builder.base(wanted))
    drivers = builder.drivers(base, wanted)
    assert isinstance(drivers, Path)
    assert builder.installer.freeze(drivers) == ("tiny-driver==1.0",)
    assert builder.drivers(base, needing(drivers=["nowhere-to-be-had"])) is None


def test_what_a_case_needs_is_known_by_its_distributions_and_not_by_their_extras() -> None:
    needs = Needs(requires=("Python_Multipart",), optional=("anyio[trio]",), drivers=("httpx",))
    assert needs.names == {"python-multipart", "anyio"}
    assert needs.required_names == {"python-multipart"}


def test_a_base_is_the_same_for_all_cases() -> None:
    wanted = needing("tiny-helper", drivers=["tiny-driver"])
    assert wanted.base == target("1.0")
    assert wanted.base == replace(wanted, layer=Wanted(), drivers=Wanted())
