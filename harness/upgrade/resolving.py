"""Asks the resolver: which distributions a side needs, what one change brings, and who refuses it.

Installs nothing. What has no wheel is built to learn what it needs only where it is going to be installed: Starlette
and what the cases need. The search for conflicts builds nothing but Starlette, and asks no index about a name that a
lock has from elsewhere: what it leaves out is said.
"""

import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, is_normalized_name

from harness.catalogue.case import Case
from harness.environments.uv import said, uv
from harness.upgrade.comparison import Search
from harness.upgrade.elsewhere import left_out
from harness.upgrade.pins import DEPENDENCIES, Pin, Pins, ordered
from harness.upgrade.refusal import Refusal, unknown, unread, unused
from harness.upgrade.searching import Searching

Resolved = tuple[Pin, ...] | Refusal
_STAY = frozenset({"starlette", *DEPENDENCIES})


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves for one interpreter what *cases* need; only the configured index is asked, unless *trusted*.

    *say* hears of each distribution that has to be built, once.
    """

    interpreter: Path
    cases: Sequence[Case]
    trusted: bool = False
    say: Callable[[str], None] = lambda _: None
    _told: set[str] = field(default_factory=set)

    @property
    def names(self) -> frozenset[str]:
        """What may matter to a case beside Starlette and what that depends on, by name."""
        return needed_by(self.cases)

    @property
    def _required(self) -> frozenset[str]:
        return frozenset({name for case in self.cases for name in case.environment.required_names})

    def as_pinned(self, pins: Pins) -> Resolved:
        """Starlette and what else matters to a case, with all that they need, as *pins* has them."""
        found = self._pinned(self.names, pins)
        # What is optional is left out where nothing fits, unless it is pinned.
        again = isinstance(found, Refusal) and not found.final and not pins.complete
        return self._pinned(self._required, pins) if again else found

    def changed(self, pins: Pins, kept: Resolved, release: str) -> Resolved:
        """Starlette *release* with what is *kept* beside it, at its version unless it has to change.

        Where that could not be resolved, it is what *pins* has of what may matter.
        """
        if isinstance(kept, Refusal) and kept.final:
            return kept
        if isinstance(kept, Refusal):
            kept = tuple(pin for pin in pins.pins if pin.name in self.names | set(DEPENDENCIES))
        beside = [pin for pin in kept if pin.name != "starlette"]
        if direct := [pin for pin in beside if pin.origin and not self.trusted]:
            return Refusal(unused(direct[0]))
        roots = {pin.name: self._reference(pin) if pin.origin else pin.name for pin in beside}
        if not pins.complete:
            roots |= {name: roots.get(name, name) for name in self._required}
        return self._compile([f"starlette=={release}", *roots.values()], pins, preferences=map(str, beside))

    def conflicts(self, pins: Pins, moving: Resolved, release: str) -> Search:
        """Whatever else is pinned and does not allow Starlette *release*, while it allows the one of now.

        *moving* are the distributions that are resolved again, and so may change.
        """
        return self._searching(pins, moving).against(release)

    def newest(self, pins: Pins, moving: Resolved) -> str | None:
        """The newest release above the one of now that all else that is pinned allows; None where there is none."""
        return self._searching(pins, moving).newest()

    def moved(self, pins: Pins, wanted: Sequence[Requirement]) -> Pins | Refusal:
        """What *pins* becomes with what is *wanted* instead: as little else as possible changes."""
        names = {canonicalize_name(each.name) for each in wanted}
        left = {each.name for each in left_out(pins, {"starlette", *DEPENDENCIES, *names}, trusted=self.trusted)}
        kept = [pin for pin in pins.pins if pin.name not in names | left]
        roots = [str(each) for each in wanted] + [pin.name for pin in kept if pin.name in _STAY | self.names]
        found = self._compile(
            roots, pins, preferences=map(str, kept), without=left - names, buildable=frozenset({"starlette"})
        )
        if isinstance(found, Refusal):
            return found
        said = ", ".join(map(str, wanted))
        after = {pin.name: pin for pin in pins.pins} | {pin.name: pin for pin in found}
        return replace(pins, source=f"{pins.source}, with {said}", pins=ordered(after.values()))

    def _searching(self, pins: Pins, moving: Resolved) -> Searching:
        free = {"starlette", *DEPENDENCIES, *(() if isinstance(moving, Refusal) else (pin.name for pin in moving))}

        def together(specifier: str, others: Iterable[Pin], without: Collection[str]) -> Resolved:
            wanted = [f"starlette{specifier}", *map(self._reference, others)]
            return self._compile(wanted, pins, without=without, buildable=frozenset({"starlette"}))

        return Searching(together, pins, free, left_out(pins, free, trusted=self.trusted))

    def _pinned(self, wanted: Iterable[str], pins: Pins) -> Resolved:
        """Resolve Starlette and what is *wanted*: all of it where *pins* leaves open what is there."""
        matter = {"starlette", *DEPENDENCIES, *wanted}
        if blind := sorted(matter & set(pins.unversioned)):
            return Refusal(unknown(blind[0], pins))
        if direct := [pin for pin in pins.pins if pin.name in matter and pin.origin and not self.trusted]:
            return Refusal(unused(direct[0]))
        present = {name for name in wanted if name in pins or not pins.complete}
        present |= {name for name in DEPENDENCIES if name in pins}
        names = ["starlette", *sorted(present)]
        roots = [self._reference(pin) if (pin := pins.get(name)) else name for name in names]
        # What conda has may be called as no distribution is.
        others = [pin for pin in pins.pins if is_normalized_name(pin.name)]
        found = self._compile(roots, pins, constraints=map(self._reference, others))
        if isinstance(found, Refusal) or not pins.unread:
            return found
        missing = [pin.name for pin in found if pin.name not in pins]
        return Refusal(unread(missing[0], pins)) if missing else found

    def _reference(self, pin: Pin) -> str:
        return f"{pin.name} @ {pin.origin}" if pin.origin and self.trusted else str(pin)

    def _compile(
        self,
        requirements: Iterable[str],
        pins: Pins,
        constraints: Iterable[str] = (),
        preferences: Iterable[str] = (),
        without: Iterable[str] = (),
        buildable: frozenset[str] | None = None,
    ) -> Resolved:
        """Resolve *requirements*, from wheels alone where there are some; else only what is *buildable* is built.

        None means whatever is needed. Nothing is asked about the names in *without*, as if nobody needed them.
        """
        wanted, bounds, preferred = list(requirements), list(constraints), list(preferences)
        built = frozenset[str]()
        while isinstance(found := self._asked(wanted, bounds, preferred, list(without), built, pins), Refusal):
            more = found.unbuilt - built if buildable is None else found.unbuilt & buildable - built
            if not more:
                return found
            locked = {str(pin): pin for pin in pins.pins if pin.name in more and pin.hashes}
            if wrong := self._mismatch([locked[line] for line in {*wanted, *bounds, *preferred} & locked.keys()]):
                return wrong
            for name in sorted(more - self._told):
                self.say(f"{name} has only a source distribution: it is built, which runs its code")
            self._told.update(more)
            built |= more
        refused = [unused(pin) for pin in found if pin.origin and not self.trusted]
        refused += [unknown(pin.name, pins) for pin in found if pin.name in pins.unversioned]
        refused += [each.refusal for each in pins.unsettled if each.name in {pin.name for pin in found}]
        return Refusal(refused[0]) if refused else found

    def _asked(
        self,
        wanted: list[str],
        bounds: list[str],
        preferred: list[str],
        without: list[str],
        built: Collection[str],
        pins: Pins,
    ) -> Resolved:
        """What uv says; of what has no wheel, only what is *built* is."""
        indexes: list[str | Path] = [part for address in pins.indexes if self.trusted for part in ("--index", address)]
        wheels: list[str | Path] = [
            "--only-binary",
            ":all:",
            *(part for name in sorted(built) for part in ("--no-binary", name)),
        ]
        with tempfile.TemporaryDirectory() as folder:
            # What has the name of no distribution cannot be left out, nor asked about.
            lines = (wanted, bounds, preferred, [name for name in without if is_normalized_name(name)])
            paths = [Path(folder) / name for name in ("wanted.in", "bounds.txt", "preferred.txt", "left-out.txt")]
            for path, written in zip(paths, lines, strict=True):
                path.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
            # Versions that the output file has already are kept where they fit.
            finished = uv(
                *("pip", "compile", "--quiet", "--no-header", "--no-annotate", "--python", self.interpreter),
                *(*indexes, *wheels, "--excludes", paths[3], "--constraints", paths[1], "--output-file", paths[2]),
                paths[0],
            )
            if finished.code != 0:
                return Refusal(re.sub(r"^error: .*? cause: ", "", said(finished)))
            return tuple(_known(pin, pins) for pin in _read(paths[2].read_text(encoding="utf-8")))

    def _mismatch(self, locked: Iterable[Pin]) -> Refusal | None:
        """Whether the index has other files for one of *locked*, each of which is about to be built, and so run."""
        lines = [" ".join([str(pin), *(f"--hash={each}" for each in pin.hashes)]) for pin in locked if not pin.origin]
        if not lines:
            return None
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "locked.txt"
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            # It compares before it builds; to resolve compares nothing.
            finished = uv(
                *("pip", "install", "--quiet", "--no-deps", "--require-hashes", "--python", self.interpreter),
                *("--target", Path(folder) / "installed", "--requirements", path),
            )
        return None if finished.code == 0 else Refusal(said(finished))


def needed_by(cases: Iterable[Case]) -> frozenset[str]:
    """What may matter to one of *cases* beside Starlette and what that depends on, by name."""
    return frozenset({name for case in cases for name in case.environment.names})


def _read(compiled: str) -> tuple[Pin, ...]:
    lines = [line for line in compiled.splitlines() if line and not line.startswith(("#", " "))]
    return ordered(_pin(Requirement(line)) for line in lines)


def _pin(requirement: Requirement) -> Pin:
    name = canonicalize_name(requirement.name)
    if requirement.url:
        return Pin(name, "0", origin=requirement.url)
    return Pin(name, str(requirement.specifier).removeprefix("=="))


def _known(pin: Pin, pins: Pins) -> Pin:
    """What *pins* says of the same distribution, where it is the same."""
    known = pins.get(pin.name)
    return known if known and (pin.origin or known.version == pin.version) else pin
