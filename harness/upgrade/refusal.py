"""Why nothing could be resolved, in one line; and what the resolver's words, or its silence, say of single names."""

import re
from dataclasses import dataclass

from packaging.utils import canonicalize_name

from harness.upgrade.pins import Pin, Pins


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing could be resolved, in the resolver's words, in one line."""

    reason: str

    @property
    def unreachable(self) -> bool:
        """Whether no index answered, so that whatever else is asked is not answered either."""
        return re.search(r"error sending request|Failed to fetch|network was disabled", self.reason) is not None

    @property
    def mismatched(self) -> bool:
        """Whether what the index has is not what was locked."""
        return re.search(r"[Hh]ash mismatch", self.reason) is not None

    @property
    def final(self) -> bool:
        """Whether whatever else is asked would be in vain."""
        return self.unreachable or self.mismatched

    @property
    def unbuilt(self) -> frozenset[str]:
        """What would have to be built, by name."""
        said = "Wheels are required for `([^`]+)`|Building source distributions for `([^`]+)` is disabled"
        return frozenset(name for found in re.findall(said, self.reason) for name in found if name)

    @property
    def uncached(self) -> frozenset[str]:
        """What was not asked about as the network is disabled, by name."""
        return frozenset(re.findall(r"([\w.-]+) was not found in the cache", self.reason))


def unknown(name: str, pins: Pins) -> str:
    """What is said of a name that matters and has no version in a lock."""
    return f"{pins.source} does not say which version of {name} it takes; what would be run is not known"


def unread(name: str, pins: Pins) -> str:
    """What is said of a name that matters where a lock that does not pin it includes what is never fetched."""
    return f"{pins.source} does not pin {name}, and what {pins.unread[0]} pins is never fetched; pin {name} in the lock"


def unused(pin: Pin) -> str:
    """What is said of a pin that matters and comes from an address which nobody trusts."""
    return f"{pin.name} comes from {pin.origin} and from no index; --trust-lock-sources lets it be fetched"


def names_in(reason: str) -> tuple[str, ...]:
    """Every word that may be a distribution's name."""
    words = re.findall(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?", reason)
    return tuple(dict.fromkeys(canonicalize_name(word) for word in words))


def first(reason: str) -> str:
    """The sentence that names the bound, without what follows from it."""
    return reason.partition(", we can conclude")[0]
