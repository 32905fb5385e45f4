"""What is asked of the resolver, and what is made of its refusals."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from harness.catalogue.case import Needs
from harness.environments.builder import Builder
from harness.judgement.vocabulary import Reason
from harness.support.exits import Exit
from harness.support.processes import Finished
from harness.upgrade.both_sides import Upgrade
from harness.upgrade.comparison import Conflict, exit_code
from harness.upgrade.pins import Pin, Pins, ordered
from harness.upgrade.resolving import Refusal, Resolver
from harness.upgrade.sources import Subject
from tests.support.factories import case
from tests.support.factories import index as make_index

NEEDS = Needs(requires=("itsdangerous",), optional=("anyio[trio]",))
PINNED = (Pin("anyio", "3.7.1", ("sha256:aa",), 3), Pin("framework", "1.0", line=8), Pin("starlette", "0.27.0", line=9))


def lock(*pins: Pin, complete: bool = True, indexes: tuple[str, ...] = ()) -> Pins:
    return Pins("a.lock", ordered(pins or PINNED), Path("a.lock"), indexes=indexes, complete=complete)


@dataclass
class Index:
    """Stands in for uv: refuses what is said to be refused together, and takes version 9 of what is open."""

    refused: Iterable[tuple[frozenset[str], str]] = ()
    calls: list[tuple[str, ...]] = field(default_factory=list)
    asked: list[list[str]] = field(default_factory=list)
    brings: dict[str, list[str]] = field(default_factory=dict)

    def __call__(self, *arguments: str | Path) -> Finished:
        words = tuple(map(str, arguments))
        self.calls.append(words)
        wanted = Path(words[-1]).read_text(encoding="utf-8").split("\n")[:-1]
        self.asked.append(wanted)
        for together, reason in self.refused:
            if together <= set(wanted):
                said = f"error: No solution found when resolving dependencies\n  cause: {reason},\n we can conclude …"
                return Finished(1, "", said)
        wanted += [name for line in wanted for name in self.brings.get(line, ())]
        kept = Path(words[words.index("--output-file") + 1])
        preferred = dict(line.split("==") for line in kept.read_text(encoding="utf-8").split())
        lines = [line if "==" in line or " @ " in line else f"{line}=={preferred.get(line, '9')}" for line in wanted]
        kept.write_text("".join(f"{line}\n    # via -r\n" for line in lines), encoding="utf-8")
        return Finished(0, "", "")


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Index:
    stand_in = Index()
    monkeypatch.setattr("harness.upgrade.resolving.uv", stand_in)
    return stand_in


def resolver(*, trusted: bool = False) -> Resolver:
    return Resolver(Path("python"), [case(environment=NEEDS)], trusted)


def test_of_a_lock_only_what_matters_to_a_case_is_installed_as_pinned(index: Index) -> None:
    assert resolver().as_pinned(lock()) == (PINNED[0], PINNED[2])
    assert index.asked == [["starlette==0.27.0", "anyio==3.7.1"]]


def test_what_only_some_releases_depend_on_stays_where_it_is_pinned(index: Index) -> None:
    extensions = Pin("typing-extensions", "4.8.0")
    found = resolver().as_pinned(lock(*PINNED, extensions))
    assert not isinstance(found, Refusal)
    assert extensions in found


def test_a_requirement_leaves_open_what_else_is_there(index: Index) -> None:
    resolver().as_pinned(lock(PINNED[2], complete=False))
    assert index.asked == [["starlette==0.27.0", "anyio", "itsdangerous", "trio"]]


def test_beside_a_requirement_what_is_optional_is_left_out_where_nothing_fits(index: Index) -> None:
    index.refused = [(frozenset(["trio"]), "Because trio needs another Python")]
    found = resolver().as_pinned(lock(PINNED[2], complete=False))
    assert found == (Pin("itsdangerous", "9"), PINNED[2])


def test_another_release_is_resolved_with_everything_else_as_it_was(index: Index) -> None:
    assert resolver().changed(lock(), (PINNED[0], PINNED[2]), "0.31.0") == (PINNED[0], Pin("starlette", "0.31.0"))


def test_a_refusal_is_one_line(index: Index) -> None:
    index.refused = [(frozenset(["starlette==0.31.0"]), "Because there is none")]
    refused = resolver().changed(lock(), (), "0.31.0")
    assert refused == Refusal("Because there is none, we can conclude …")


def test_whatever_allows_the_present_release_and_not_the_target_is_a_conflict(index: Index) -> None:
    bound = "Because framework==1.0 depends on starlette<0.28 and you require starlette==0.31.0"
    index.refused = [(frozenset(["framework==1.0", "starlette==0.31.0"]), bound)]
    assert resolver().conflicts(lock(), (PINNED[0],), "0.31.0") == (Conflict("framework", "1.0", bound, 8),)


def test_every_conflict_is_found(index: Index) -> None:
    plugin = Pin("plugin", "2.0", line=4)
    index.refused = [
        (frozenset([str(pin), "starlette==0.31.0"]), f"Because {pin} depends on starlette<0.28")
        for pin in (PINNED[1], plugin)
    ]
    found = resolver().conflicts(lock(*PINNED, plugin), (PINNED[0],), "0.31.0")
    assert [(each.name, each.line) for each in found] == [("framework", 8), ("plugin", 4)]


def test_what_cannot_be_had_with_either_release_is_no_conflict(index: Index) -> None:
    index.refused = [(frozenset(["framework==1.0"]), "Because framework==1.0 was not found")]
    assert resolver().conflicts(lock(), (PINNED[0],), "0.31.0") == ()


def test_a_refusal_that_names_nothing_pinned_ends_the_search(index: Index) -> None:
    index.refused = [(frozenset(["starlette==0.31.0"]), "Because the index does not answer")]
    assert resolver().conflicts(lock(), (PINNED[0],), "0.31.0") == ()


def test_addresses_in_a_lock_are_used_only_where_they_are_trusted(index: Index) -> None:
    origin = "git+https://code.example/starlette@c0ffee"
    pins = lock(Pin("starlette", "0.27.0", origin=origin), indexes=("https://index.example/simple",))
    refused = resolver().as_pinned(pins)
    assert refused == Refusal(
        f"starlette comes from {origin} and from no index; --trust-lock-sources lets it be fetched"
    )
    assert not [word for call in [*index.calls, *index.asked] for word in call if "example" in word]
    resolver(trusted=True).as_pinned(pins)
    assert index.asked[-1] == [f"starlette @ {origin}"]
    assert index.calls[-1][index.calls[-1].index("--index") + 1] == "https://index.example/simple"


def test_where_nothing_can_be_built_the_search_for_a_release_is_given_up(index: Index, tmp_path: Path) -> None:
    everything = lock(Pin("anyio", "3.7.1", origin="https://code.example/anyio.whl"), PINNED[2])
    upgrade = Upgrade(resolver(), Builder(tmp_path, tmp_path), lambda _: None)
    releases = make_index("0.27.0", *(f"0.{minor}.0" for minor in range(28, 60)))
    found = upgrade.compare(Subject(everything), "0.28.0", releases, date(2026, 11, 21))
    assert found.nearest is not None
    assert (len(found.nearest.tried), found.nearest.is_safe) == (5, False)
    assert {row.reason for row in found.nearest.remaining} == {Reason.NOT_INSTALLABLE}
    assert exit_code(found, strict=False) is Exit.NOT_OBSERVED


def test_beside_what_could_not_be_resolved_only_what_matters_is_kept(index: Index) -> None:
    """Else a framework floats to the version that allows the target, and is no conflict any more."""
    resolver().changed(lock(), Refusal("it is not on the index"), "0.31.0")
    assert index.asked == [["starlette==0.31.0", "anyio"]]
    resolver().changed(lock(PINNED[2], complete=False), Refusal("it is not on the index"), "0.31.0")
    assert index.asked[-1] == ["starlette==0.31.0", "itsdangerous"]
    bound = "Because framework==1.0 depends on starlette<0.28"
    index.refused = [(frozenset(["framework==1.0", "starlette==0.31.0"]), bound)]
    (conflict,) = resolver().conflicts(lock(), Refusal("it is not on the index"), "0.31.0")
    assert conflict.name == "framework"


@pytest.mark.parametrize("name", ["anyio", "itsdangerous", "idna"])
def test_what_is_there_without_a_version_is_not_guessed(index: Index, name: str) -> None:
    """Neither the newest of it from the index, nor its absence, is what the lock says."""
    pins = Pins("a.lock", (PINNED[2],), Path("a.lock"), unversioned=(name, "framework"))
    if name == "idna":
        index.brings = {"starlette==0.27.0": ["idna"]}
    refused = resolver().as_pinned(pins)
    assert refused == Refusal(f"a.lock does not say which version of {name} it takes; what would be run is not known")
