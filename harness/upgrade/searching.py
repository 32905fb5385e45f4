"""Looks for what is pinned beside Starlette and does not allow a release, from metadata alone.

The resolver names one culprit at a time, or several; each of them is asked about alone, with the release and with the
one of now. What it cannot be asked about is left out and said: it goes on as if nobody needed that.
"""

from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet

from harness.upgrade.comparison import Conflict, Search
from harness.upgrade.pins import NotChecked, Pin, Pins
from harness.upgrade.refusal import Refusal, first, names_in

_ONLY_SOURCE = "it has only a source distribution, and nothing is built for the search"
_NOT_CACHED = "it is not in the cache, and the network is disabled"

# Resolves Starlette of a specifier with some pins, and as if nobody needed the names that come last.
Together = Callable[[str, Iterable[Pin], Collection[str]], tuple[Pin, ...] | Refusal]


class Searching:
    """A search among *pins*: what is *free* may change, and what is *left* is asked of no index."""

    def __init__(self, together: Together, pins: Pins, free: Collection[str], left: Iterable[NotChecked]) -> None:
        self._resolve = together
        self.pins = pins
        self.free = frozenset(free)
        self.left = {each.name: each for each in left}

    def against(self, release: str) -> Search:
        """Whatever does not allow *release*, while it allows the one of now."""
        names = {pin.name for pin in self.pins.pins} - self.free
        found: list[Conflict] = []
        while refusal := self._refusal(release, names):
            named = [name for name in names_in(refusal.reason) if name in names - self.left.keys()]
            if refusal.final or not named:
                self._leave(names - self.left.keys(), first(refusal.reason))
                break
            names -= set(named)
            found += filter(None, [self._alone(name, release) for name in named])
        unchecked = sorted(self.left.values(), key=lambda each: each.name)
        return Search(tuple(sorted(found, key=lambda conflict: conflict.name)), tuple(unchecked))

    def newest(self) -> str | None:
        """The newest release above the one of now that all pins allow, as far as they can be asked about."""
        found = self._asked(f">{self.pins.starlette.version}", {pin.name for pin in self.pins.pins} - self.free)
        return None if found is None or isinstance(found, Refusal) else _starlette(found)

    def _alone(self, name: str, release: str) -> Conflict | None:
        refusal = self._refusal(release, {name})
        if refusal and (now := self._refusal(self.pins.starlette.version, {name})):
            self._leave({name}, first(now.reason))
        pin = self.pins.get(name)
        return (
            Conflict(name, pin.version, first(refusal.reason), pin.line)
            if refusal and pin and name not in self.left
            else None
        )

    def _refusal(self, release: str, names: AbstractSet[str]) -> Refusal | None:
        """Why *release* and all pins of *names* cannot be together."""
        found = self._asked(f"=={release}", names)
        return found if isinstance(found, Refusal) else None

    def _asked(self, specifier: str, names: AbstractSet[str]) -> tuple[Pin, ...] | Refusal | None:
        """Starlette of *specifier* with all pins of *names*; what would have to be built for that is let go.

        None where nothing is left to be asked about.
        """
        while pins := [pin for pin in self.pins.pins if pin.name in names - self.left.keys()]:
            found = self._resolve(specifier, pins, self.left.keys())
            if not isinstance(found, Refusal):
                return found
            for unknown, reason in ((found.unbuilt, _ONLY_SOURCE), (found.uncached, _NOT_CACHED)):
                if more := unknown - self.left.keys() - self.free:
                    self._leave(more, reason)
                    break
            else:
                return found
        return None

    def _leave(self, names: Iterable[str], reason: str) -> None:
        for name in names:
            pin = self.pins.get(name)
            self.left[name] = NotChecked(name, pin.version if pin else "", reason)


def _starlette(found: Iterable[Pin]) -> str | None:
    return next((pin.version for pin in found if pin.name == "starlette"), None)
