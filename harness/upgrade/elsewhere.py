"""Says about which names of a lock no index is asked: a lock has them from elsewhere than the index that uv asks.

To ask about such a name would tell it to a stranger, and the answer would be about a stranger's distribution.
"""

import os
from collections.abc import Collection, Iterator

from pypi_simple import PYPI_SIMPLE_ENDPOINT

from harness.upgrade.locks.selection import address
from harness.upgrade.pins import CONDA, NotChecked, Pin, Pins

_TRUST = "--trust-lock-sources lets that be asked"
# Where uv takes the addresses of its indexes from, those of the environment; see support/processes.py.
_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL")


def left_out(pins: Pins, needed: Collection[str], *, trusted: bool) -> Iterator[NotChecked]:
    """What is asked of no index, and why; what is *needed* is, under the hashes of the lock.

    Where the lock is *trusted*, its own indexes and addresses are asked.
    """
    own = _own(pins)
    for pin in pins.pins:
        if pin.index == CONDA and pin.name in needed:
            yield NotChecked(pin.name, pin.version, "it is from conda; the package index's was run in its place")
        elif pin.index == CONDA:
            yield NotChecked(pin.name, pin.version, "it is from conda, of which no package index knows")
        elif pin.name not in needed and not trusted and (place := _elsewhere(pin, pins, own)):
            yield NotChecked(pin.name, pin.version, f"{place}; {_TRUST}")
    yield from (each.unchecked for each in pins.unsettled)
    for name in pins.unversioned:
        yield NotChecked(name, "", "the lock does not say which version it takes")


def beside(pins: Pins) -> Iterator[NotChecked]:
    """What *pins* names without saying one version of it."""
    yield from (each.unchecked for each in pins.unsettled)
    yield from (
        NotChecked(each, "", "the lock includes it by its address, which is never fetched") for each in pins.unread
    )


def _elsewhere(pin: Pin, pins: Pins, own: Collection[str]) -> str | None:
    if pin.origin:
        return f"it comes from {pin.origin} and from no index"
    if pin.index and _plain(pin.index) not in own:
        return f"it comes from {pin.index}"
    if pins.extra_indexes and not pin.index:
        return f"it may come from {pins.extra_indexes[0]}"
    return None


def _own(pins: Pins) -> set[str]:
    """The indexes that uv asks, as far as that is known here.

    Where a lock names none of them, the one that Starlette itself is from stands for it: from what uv asks, Starlette
    is taken in its place, and the hashes say whether that is the same.
    """
    words = [word for name in _VARIABLES for word in os.environ.get(name, "").split()]
    asked = {_plain(address(word.partition("=")[2] if "=" in word.partition("://")[0] else word)) for word in words}
    if not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & os.environ.keys():
        asked.add(_plain(PYPI_SIMPLE_ENDPOINT))
    named = {_plain(pin.index) for pin in pins.pins if pin.index}
    return asked if asked & named else asked | {_plain(pins.starlette.index)}


def _plain(index: str) -> str:
    return index.rstrip("/")
