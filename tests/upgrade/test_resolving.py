"""What is asked of the resolver, and what is made of its refusals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from pypi_simple import PYPI_SIMPLE_ENDPOINT

from harness.catalogue.case import Needs
from harness.environments.builder import Builder
from harness.environments.installation import Installer
from harness.environments.locks import LockedPins, Locks
from harness.judgement.vocabulary import Reason
from harness.support.exits import Exit
from harness.support.processes import Finished
from harness.upgrade.both_sides import Upgrade
from harness.upgrade.comparison import Conflict, Role, Search, exit_code
from harness.upgrade.pins import CONDA, NotChecked, Pin, Pins, Unsettled, ordered
from harness.upgrade.refusal import Refusal
from harness.upgrade.resolving import Resolver
from harness.upgrade.sources import Subject
from tests.support.factories import case
from tests.support.factories import index as make_index
from tests.support.factories import releases as make_releases

ONLY_SOURCE = "it has only a source distribution, and nothing is built for the search"
NEEDS = Needs(requires=("itsdangerous",), optional=("anyio", "trio"))
PINNED = (Pin("anyio", "3.7.1", ("sha256:aa",), 3), Pin("framework", "1.0", line=8), Pin("starlette", "0.27.0", line=9))


def lock(*pins: Pin, complete: bool = True, indexes: tuple[str, ...] = ()) -> Pins:
    return Pins("a.lock", ordered(pins or PINNED), Path("a.lock"), indexes=indexes, complete=complete)


@dataclass
class Index:
    """Stands in for uv: refuses what is said to be refused together, and takes version 9 of what is open.

    `-name` among what is refused means: as long as that is neither built nor left out.
    """

    refused: Iterable[tuple[frozenset[str], str]] = ()
    calls: list[tuple[str, ...]] = field(default_factory=list)
    asked: list[list[str]] = field(default_factory=list)
    left_out: list[list[str]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    brings: dict[str, list[str]] = field(default_factory=dict)

    def option(self, words: tuple[str, ...], name: str) -> list[str]:
        return [words[at + 1] for at, word in enumerate(words) if word == name]

    def lines(self, words: tuple[str, ...], name: str) -> list[str]:
        lines = [line for path in self.option(words, name) for line in Path(path).read_text("utf-8").splitlines()]
        self.written += lines
        return lines

    def __call__(self, *arguments: str | Path) -> Finished:
        words = tuple(map(str, arguments))
        self.calls.append(words)
        wanted = Path(words[-1]).read_text(encoding="utf-8").split("\n")[:-1]
        self.asked.append(wanted)
        left = self.lines(words, "--excludes")
        self.lines(words, "--constraints")
        self.left_out.append(left)
        blocked = {f"-{name}" for name in (*left, *self.option(words, "--no-binary"))}
        for together, reason in self.refused:
            source = {each for each in together if each.startswith("-")}
            if together - source <= set(wanted) and not source & blocked and not (source and words[1] == "install"):
                said = f"error: No solution found when resolving dependencies\n  cause: {reason},\n we can conclude …"
                return Finished(1, "", said)
        if words[1] == "install":
            return Finished(0, "", "")
        wanted += [name for line in wanted for name in self.brings.get(line, ())]
        kept = Path(words[words.index("--output-file") + 1])
        preferred = dict(line.split("==") for line in kept.read_text(encoding="utf-8").split())
        names = [re.split("[<>]", line)[0] for line in wanted]
        lines = [name if "==" in name or " @ " in name else f"{name}=={preferred.get(name, '9')}" for name in names]
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
    found = resolver().conflicts(lock(), (PINNED[0],), "0.31.0")
    assert found == Search((Conflict("framework", "1.0", bound, 8),))


def test_every_conflict_is_found(index: Index) -> None:
    plugin = Pin("plugin", "2.0", line=4)
    index.refused = [
        (frozenset([str(pin), "starlette==0.31.0"]), f"Because {pin} depends on starlette<0.28")
        for pin in (PINNED[1], plugin)
    ]
    found = resolver().conflicts(lock(*PINNED, plugin), (PINNED[0],), "0.31.0")
    assert [(each.name, each.line) for each in found.conflicts] == [("framework", 8), ("plugin", 4)]


def test_what_cannot_be_had_with_either_release_is_no_conflict_and_told(index: Index) -> None:
    index.refused = [(frozenset(["framework==1.0"]), "Because framework==1.0 was not found")]
    told = NotChecked("framework", "1.0", "Because framework==1.0 was not found")
    assert resolver().conflicts(lock(), (PINNED[0],), "0.31.0") == Search((), (told,))


def test_a_refusal_that_names_nothing_pinned_ends_the_search(index: Index) -> None:
    index.refused = [(frozenset(["starlette==0.31.0"]), "Because there is no such release")]
    told = NotChecked("framework", "1.0", "Because there is no such release")
    assert resolver().conflicts(lock(), (PINNED[0],), "0.31.0") == Search((), (told,))
    assert len(index.asked) == 1


UNREACHABLE = "error sending request for url (https://index.example/framework/)"


@pytest.mark.parametrize("reason", [UNREACHABLE, "Hash mismatch for framework==1.0"])
def test_what_would_be_in_vain_is_not_asked_again(index: Index, reason: str) -> None:
    index.refused = [(frozenset(["starlette==0.31.0"]), reason)]
    found = resolver().conflicts(lock(), (PINNED[0],), "0.31.0")
    assert (found.conflicts, [each.name for each in found.unchecked]) == ((), ["framework"])
    index.refused = [(frozenset(["starlette==0.27.0"]), reason)]
    refused = resolver().as_pinned(lock(PINNED[2], complete=False))
    assert len(index.asked) == 2
    assert resolver().changed(lock(), refused, "0.31.0") is refused
    assert len(index.asked) == 2


ONLY_WHEELS = "no wheels. hint: Wheels are required for `{}` because building from source is disabled"


def test_the_search_builds_starlette_and_nothing_else(index: Index) -> None:
    """And what has to be built, though nobody pins it, is left out as if nobody needed it."""
    index.refused = [
        (frozenset(["framework==1.0", "-inner"]), ONLY_WHEELS.format("inner")),
        (frozenset(["-starlette"]), ONLY_WHEELS.format("starlette")),
    ]
    found = resolver().conflicts(lock(), (PINNED[0],), "0.31.0")
    assert found == Search((), (NotChecked("inner", "", ONLY_SOURCE),))
    assert [index.option(call, "--no-binary") for call in index.calls] == [[], [], ["starlette"]]
    assert all(index.option(call, "--only-binary") == [":all:"] for call in index.calls)
    assert index.left_out == [[], ["inner"], ["inner"]]


def test_what_may_change_is_never_left_out(index: Index) -> None:
    """Else a bound on it would be no conflict any more."""
    index.refused = [(frozenset(["framework==1.0"]), ONLY_WHEELS.format("anyio"))]
    (told,) = resolver().conflicts(lock(), (PINNED[0],), "0.31.0").unchecked
    assert told.name == "framework"
    assert "Wheels are required for `anyio`" in told.reason
    assert index.left_out == [[]]


def test_what_a_case_needs_is_built_only_as_it_was_locked(index: Index) -> None:
    hashed = Pin("anyio", "3.7.1", ("sha256:aa",), 3)
    index.refused = [(frozenset(["-anyio"]), ONLY_WHEELS.format("anyio"))]
    assert resolver().as_pinned(lock(hashed, PINNED[2])) == (hashed, PINNED[2])
    assert [call[1] for call in index.calls] == ["compile", "install", "compile"]
    assert index.asked[1] == ["anyio==3.7.1 --hash=sha256:aa"]
    index.refused = [*index.refused, (frozenset(["anyio==3.7.1 --hash=sha256:aa"]), "Hash mismatch for anyio==3.7.1")]
    refused = resolver().as_pinned(lock(hashed, PINNED[2]))
    assert isinstance(refused, Refusal)
    assert refused.mismatched


def test_offline_what_is_not_in_the_cache_is_left_out(index: Index) -> None:
    plugin = Pin("plugin", "2.0", line=4)
    gone = "Because plugin was not found in the cache. hint: the network was disabled"
    bound = "Because framework==1.0 depends on starlette<0.28"
    index.refused = [
        (frozenset(["plugin==2.0", "starlette==0.31.0"]), gone),
        (frozenset(["framework==1.0", "starlette==0.31.0"]), bound),
    ]
    found = resolver().conflicts(lock(*PINNED, plugin), (PINNED[0],), "0.31.0")
    assert [each.name for each in found.conflicts] == ["framework"]
    assert found.unchecked == (NotChecked("plugin", "2.0", "it is not in the cache, and the network is disabled"),)


MAIN, PRIVATE = "https://main.example/simple", "https://private.example/simple"


@pytest.mark.parametrize(
    ("of_starlette", "of_framework", "asked", "configured"),
    [
        (MAIN, MAIN, True, ""),
        (MAIN, f"{MAIN}/", True, ""),
        (MAIN, PRIVATE, False, ""),
        (MAIN, "", True, ""),
        ("", PRIVATE, False, ""),
        ("", "", True, ""),
        (MAIN, PRIVATE, True, PRIVATE),
        (MAIN, MAIN, True, PRIVATE),
        (MAIN, PRIVATE, True, f"https://me:secret@{PRIVATE[8:]}"),
        (PYPI_SIMPLE_ENDPOINT, PRIVATE, False, ""),
        (PRIVATE, PYPI_SIMPLE_ENDPOINT, True, ""),
        (PRIVATE, PRIVATE, False, MAIN),
    ],
)
def test_an_index_is_asked_about_what_is_its_own(
    index: Index, monkeypatch: pytest.MonkeyPatch, of_starlette: str, of_framework: str, asked: bool, configured: str
) -> None:
    """Where the lock names none of the configured ones, Starlette's own stands for it; else it is another one."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    if configured:
        monkeypatch.setenv("UV_INDEX", f"a={configured} https://other.example")
    anyio = Pin("anyio", "3.7.1", index=configured if (of_starlette, configured) == (PRIVATE, MAIN) else "")
    pins = lock(anyio, Pin("framework", "1.0", index=of_framework), Pin("starlette", "0.27.0", index=of_starlette))
    found = resolver().conflicts(pins, (anyio,), "0.31.0")
    assert any("framework==1.0" in wanted for wanted in index.asked) == asked
    assert [each.name for each in found.unchecked] == ([] if asked else ["framework"])
    assert resolver(trusted=True).conflicts(pins, (anyio,), "0.31.0").unchecked == ()


def test_what_is_left_open_beside_it_is_told_and_not_asked(index: Index) -> None:
    twice = Unsettled("recorder", "5.1.0 or 6.0.2", "twice", "a.lock:3: twice; once")
    pins = replace(lock(), unversioned=("inner", "-odd"), unsettled=(twice,), unread=("https://a.example/more.txt",))
    found = resolver().conflicts(pins, (PINNED[0],), "0.31.0")
    assert [(each.name, each.version) for each in found.unchecked] == [
        *(("-odd", ""), ("inner", "")),
        ("recorder", "5.1.0 or 6.0.2"),
    ]
    assert index.left_out == [["recorder", "inner"]]


def test_what_is_left_open_is_refused_where_it_turns_out_to_be_needed(index: Index) -> None:
    index.brings = {"starlette==0.27.0": ["idna"]}
    twice = Unsettled("idna", "2 or 3", "twice", "a.lock:3: pins idna 2, and line 7 pins idna 3; keep one")
    assert resolver().as_pinned(replace(lock(), unsettled=(twice,))) == Refusal(twice.refusal)
    refused = resolver().as_pinned(replace(lock(), unread=("https://a.example/more.txt",)))
    assert refused == Refusal(
        "a.lock does not pin idna, and what https://a.example/more.txt pins is never fetched; pin idna in the lock"
    )
    assert not isinstance(resolver().as_pinned(lock()), Refusal)


def test_a_name_of_condas_own_gets_into_no_requirement(index: Index) -> None:
    odd = Pin("-libgcc-mutex", "0.1", index=CONDA)
    assert not isinstance(resolver().as_pinned(lock(odd, *PINNED)), Refusal)
    assert resolver().conflicts(lock(odd, *PINNED), (PINNED[0],), "0.31.0").unchecked[0].name == "-libgcc-mutex"
    assert "-libgcc" not in str(index.written)


def test_beside_what_is_from_an_address_nothing_is_asked_before_it_is_trusted(index: Index) -> None:
    direct = Pin("anyio", "3.7.1", origin="https://code.example/anyio.whl")
    refused = resolver().changed(lock(direct, PINNED[2]), Refusal("it is not on the index"), "0.31.0")
    assert isinstance(refused, Refusal)
    assert refused.reason.startswith("anyio comes from https://code.example/anyio.whl and from no index; ")
    assert index.asked == []


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
    known = make_index("0.27.0", *(f"0.{minor}.0" for minor in range(28, 60)))
    builder = Builder(LockedPins(Locks(known.as_of), known.as_of), Installer(tmp_path, tmp_path))
    upgrade = Upgrade(resolver(), builder, make_releases(known), lambda _: None)
    found = upgrade.compare(Subject(everything), "0.28.0", known, date(2026, 11, 21))
    best = found.candidate(Role.BEST)
    assert best is not None
    assert (len(found.tried), best.is_there) == (5, False)
    assert {each.after.reason for each in best.findings} == {Reason.NOT_INSTALLABLE}
    assert exit_code(found, strict=False) is Exit.NOT_OBSERVED


def test_another_distribution_moves_as_little_as_it_can_and_starlette_with_it(index: Index) -> None:
    moved = resolver().moved(lock(), [Requirement("framework>=2")])
    assert not isinstance(moved, Refusal)
    assert index.asked[-1] == ["framework>=2", "anyio", "starlette"]
    assert moved.source == f"{lock().source}, with framework>=2"
    index.refused = [(frozenset(["framework>=2"]), "there is no framework>=2")]
    refused = resolver().moved(lock(), [Requirement("framework>=2")])
    assert isinstance(refused, Refusal)
    assert refused.reason.startswith("there is no framework>=2")


def test_the_newest_that_the_pins_allow_is_asked_for_with_all_of_them(index: Index) -> None:
    assert resolver().newest(lock(), (PINNED[0],)) is not None
    assert index.asked[-1] == ["starlette>0.27.0", "framework==1.0"]
    index.refused = [(frozenset(["framework==1.0", "starlette>0.27.0"]), "framework allows no other")]
    assert resolver().newest(lock(), (PINNED[0],)) is None


def test_beside_what_could_not_be_resolved_only_what_matters_is_kept(index: Index) -> None:
    """Else a framework floats to the version that allows the target, and is no conflict any more."""
    resolver().changed(lock(), Refusal("it is not on the index"), "0.31.0")
    assert index.asked == [["starlette==0.31.0", "anyio"]]
    resolver().changed(lock(PINNED[2], complete=False), Refusal("it is not on the index"), "0.31.0")
    assert index.asked[-1] == ["starlette==0.31.0", "itsdangerous"]
    bound = "Because framework==1.0 depends on starlette<0.28"
    index.refused = [(frozenset(["framework==1.0", "starlette==0.31.0"]), bound)]
    (conflict,) = resolver().conflicts(lock(), Refusal("it is not on the index"), "0.31.0").conflicts
    assert conflict.name == "framework"


@pytest.mark.parametrize("name", ["anyio", "itsdangerous", "idna"])
def test_what_is_there_without_a_version_is_not_guessed(index: Index, name: str) -> None:
    """Neither the newest of it from the index, nor its absence, is what the lock says."""
    pins = Pins("a.lock", (PINNED[2],), Path("a.lock"), unversioned=(name, "framework"))
    if name == "idna":
        index.brings = {"starlette==0.27.0": ["idna"]}
    refused = resolver().as_pinned(pins)
    assert refused == Refusal(f"a.lock does not say which version of {name} it takes; what would be run is not known")
