"""What is asked of the resolver as of which day, what it refuses, and what is asked once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.environments.locks import LockedPins, Locks, read_locks
from harness.environments.model import Obstacle
from harness.environments.pins import Pins
from harness.environments.resolution import Resolver
from harness.environments.target import Target, Wanted
from harness.pinning.locks import oldest
from harness.support.errors import UserError
from harness.support.processes import Finished
from tests.environments.conftest import AS_OF, UNANSWERED, Yard, built, refused
from tests.support.factories import environment, profile, target
from tests.support.miniatures import starlette_files, write_wheel

FIRST, LATER = datetime(2021, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC)


@dataclass
class Index:
    """Stands in for uv: of each distribution it knows the day of every version, and takes the newest that counts."""

    uploads: Mapping[str, Mapping[str, datetime]]
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, *arguments: str | Path) -> Finished:
        words = tuple(map(str, arguments))
        lines = Path(words[-1]).read_text(encoding="utf-8").split()
        moment = datetime.fromisoformat(words[words.index("--exclude-newer") + 1])
        self.asked.append((f"{moment:%Y-%m-%d}", *lines))
        found = []
        for line in lines:
            name, operator, bound = re.fullmatch(r"([\w-]+)(?:(>=|==)(.*))?", line).groups()  # type: ignore[union-attr]
            fitting = [
                version
                for version, day in self.uploads.get(name, {}).items()
                if day < moment and (not bound or (version >= bound if operator == ">=" else version == bound))
            ]
            if not fitting:
                return Finished(1, "", f"Because there is no {line} before {moment:%Y-%m-%d}")
            found.append(f"{name}=={max(fitting)}\n")
        return Finished(0, "".join(found), "")


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Index:
    known = {
        "starlette": {"0.2.0": FIRST},
        "tool": {"1.0": FIRST, "2.0": LATER},
        "late": {"1.0": LATER},
        "other": {"1.0": FIRST, "2.0": LATER},
    }
    stand_in = Index(known)
    monkeypatch.setattr("harness.environments.resolution.uv", stand_in)
    return stand_in


@pytest.fixture
def resolver(index: Index, tmp_path: Path) -> Resolver:
    (tmp_path / "build.txt").touch()
    return Resolver(tmp_path, AS_OF, tmp_path / "cache")


# The end of a day in 2021, on which only the first versions are there.
OLD = target()


def beside(resolver: Resolver, wanted: Wanted, over: Target = OLD) -> Pins:
    found = resolver.beside(over, environment(freeze=("starlette==0.2.0",)), wanted)
    assert isinstance(found, tuple)
    return found


def test_a_release_is_resolved_as_of_its_cutoff(resolver: Resolver, index: Index) -> None:
    assert resolver.base(OLD, "3.11.7") == ("starlette==0.2.0",)
    assert index.asked == [("2021-11-05", "starlette==0.2.0")]


def test_drivers_are_those_of_the_day(resolver: Resolver) -> None:
    assert beside(resolver, Wanted(optional=("tool",))) == ("tool==1.0",)


def test_a_driver_that_the_day_does_not_have_yet_is_left_out_alone(resolver: Resolver) -> None:
    assert beside(resolver, Wanted(optional=("late", "tool"))) == ("tool==1.0",)


def test_a_driver_with_a_bound_that_the_day_cannot_meet_is_of_the_indexs_day_with_all_others(
    resolver: Resolver,
) -> None:
    assert beside(resolver, Wanted(optional=("other", "tool>=2.0"))) == ("other==2.0", "tool==2.0")


def test_a_bound_that_the_day_meets_needs_no_later_day(resolver: Resolver, index: Index) -> None:
    assert beside(resolver, Wanted(optional=("other", "tool>=1.0"))) == ("other==1.0", "tool==1.0")
    assert {day for day, *_ in index.asked} == {"2021-11-05"}


def test_a_bound_that_no_day_meets_leaves_that_driver_out_alone(resolver: Resolver) -> None:
    assert beside(resolver, Wanted(optional=("other", "tool>=3.0"))) == ("other==1.0",)


def test_what_is_required_is_of_the_day_and_nothing_else(resolver: Resolver) -> None:
    found = resolver.beside(OLD, environment(), Wanted(("late",)))
    assert refused(found).obstacle is Obstacle.NOT_INSTALLABLE


def test_nothing_that_the_base_has_is_beside_it(resolver: Resolver) -> None:
    assert beside(resolver, Wanted(("starlette", "tool"))) == ("tool==1.0",)


def test_what_was_resolved_is_asked_once_for_good(resolver: Resolver, index: Index, tmp_path: Path) -> None:
    resolver.base(OLD, "3.11.7")
    resolver.base(OLD, "3.11.7")
    Resolver(tmp_path, AS_OF, tmp_path / "cache").base(OLD, "3.11.7")
    assert len(index.asked) == 1


def test_what_the_index_cannot_resolve_is_asked_once_for_all_runs(
    resolver: Resolver, index: Index, tmp_path: Path
) -> None:
    gone = target("0.3.0")
    assert refused(resolver.base(gone, "3.11.7")) == refused(resolver.base(gone, "3.11.7"))
    Resolver(tmp_path, AS_OF, tmp_path / "cache").base(gone, "3.11.7")
    assert len(index.asked) == 1


@pytest.mark.parametrize("text", ["", "[", "{}", "[1]", "\udcff"])
def test_a_resolution_that_was_cut_short_is_asked_again(
    resolver: Resolver, index: Index, tmp_path: Path, text: str
) -> None:
    found = resolver.base(OLD, "3.11.7")
    (kept,) = (tmp_path / "cache" / "resolutions").iterdir()
    kept.write_bytes(text.encode(errors="surrogateescape"))
    assert resolver.base(OLD, "3.11.7") == found
    assert len(index.asked) == 2


def test_a_release_that_does_not_go_with_the_profiles_constraints_is_excluded(yard: Yard) -> None:
    for version in ("3.0", "4.0"):
        write_wheel(yard.wheels, "anyio", version, {"anyio.py": ""})
    write_wheel(yard.wheels, "starlette", "1.2", starlette_files("fixed", "1.2"), ["anyio>=4"])
    write_wheel(yard.wheels, "starlette", "1.3", starlette_files("fixed", "1.3"), ["anyio>=3"])
    old = profile("today-anyio3", constraints=("anyio<4",))
    why = refused(yard.resolved().base(target("1.2", profile=old)))
    assert why.obstacle is Obstacle.EXCLUDED
    assert why.detail.startswith("Starlette 1.2 does not go with anyio<4: ")
    assert built(yard.resolved().base(target("1.3", profile=old))).freeze == ("anyio==3.0", "starlette==1.3")
    assert built(yard.resolved().base(target("1.2"))).freeze == ("anyio==4.0", "starlette==1.2")


def test_a_demand_on_starlettes_version_keeps_a_package_away_unless_it_is_overridden(yard: Yard) -> None:
    for version in ("1.2", "1.3"):
        write_wheel(yard.wheels, "starlette", version, starlette_files("fixed", version))
    write_wheel(yard.wheels, "framework", "2.0", {"framework.py": ""}, ["starlette==1.2"])
    builder, wanted = yard.resolved(), Wanted(("framework",))
    newer = target("1.3", layer=wanted)
    base = built(builder.base(newer))
    assert refused(builder.layered(base, newer)).obstacle is Obstacle.MISSING_PACKAGE
    over = replace(newer, layer=replace(wanted, overriding=True))
    assert built(builder.layered(base, over)).freeze == ("framework==2.0", "starlette==1.3")


def test_what_no_constraint_is_to_blame_for_is_not_excluded(yard: Yard) -> None:
    why = refused(yard.resolved().base(target("1.9", profile=profile("today-anyio3", constraints=("anyio<4",)))))
    assert why.obstacle is Obstacle.NOT_INSTALLABLE


@pytest.mark.parametrize("how", UNANSWERED)
def test_where_the_index_does_not_answer_nothing_is_excluded(
    yard: Yard, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = yard.resolved()
    built(builder.base(target("1.0")))
    bounded = target("1.0", profile=profile("today-anyio3", constraints=("anyio<4",)))
    for name, value in UNANSWERED[how].items():
        monkeypatch.setenv(name, value)
    assert refused(builder.base(bounded)).obstacle is Obstacle.UNREACHABLE


def test_a_release_that_does_not_admit_the_interpreter_says_so(yard: Yard) -> None:
    write_wheel(yard.wheels, "starlette", "1.2", starlette_files("fixed", "1.2"), python=">=3.40")
    assert refused(yard.resolved().base(target("1.2"))).obstacle is Obstacle.WRONG_PYTHON


def test_a_dependency_that_does_not_admit_the_interpreter_is_trouble_and_not_said_of_the_release(yard: Yard) -> None:
    write_wheel(yard.wheels, "starlette", "1.2", starlette_files("fixed", "1.2"), ["anyio>=3"])
    write_wheel(yard.wheels, "anyio", "3.0", {"anyio.py": ""}, python=">=3.40")
    assert refused(yard.resolved().base(target("1.2"))).obstacle is Obstacle.NOT_INSTALLABLE


@pytest.mark.parametrize(
    ("python", "wanted"),
    [(">=3.11", "3.11"), ("==3.10.*", "3.10"), (">=3.11,<3.13", "3.11"), ("!=3.11.*,>=3.11", "3.12"), (">9", "3.11")],
)
def test_a_lock_is_for_the_oldest_python_that_is_admitted_and_every_newer_one(python: str, wanted: str) -> None:
    assert oldest(python) == wanted


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("environments.json", ""),
        ("environments.json", "[]"),
        ("environments.json", "{}"),
        ("environments.json", '{"as_of": "2026-11-21T00:00:00Z"}'),
        ("environments.json", '{"as_of": "soon", "environments": {}}'),
        ("environments.json", '{"as_of": "2026-11-21T00:00:00Z", "environments": []}'),
        ("environments.json", '{"as_of": "2026-11-21T00:00:00Z", "environments": {"1.0 today": 7}}'),
        ("hashes.txt", "\udcff"),
    ],
)
def test_locks_that_are_not_what_the_command_writes_are_one_message(yard: Yard, name: str, text: str) -> None:
    (yard.locks / name).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(
        UserError, match=rf"locks/{name}: .*; restore it from git or write the locks with: nox -s lock$"
    ):
        read_locks(yard.locks)


def test_missing_locks_are_one_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nox -s lock$"):
        read_locks(tmp_path)


def test_a_pin_is_given_every_hash_that_the_locks_have_for_it() -> None:
    locks = Locks(AS_OF, {OLD.name: ("starlette==0.2.0",)}, {"starlette==0.2.0": ("sha256:aa", "sha256:bb")})
    assert LockedPins(locks, AS_OF).base(OLD, "3.11.7") == ("starlette==0.2.0 --hash=sha256:aa --hash=sha256:bb",)
