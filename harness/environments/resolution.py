"""Resolves with uv, as of a day: the index only grows, so that a cutoff resolves to the same distributions again.

Resolutions are kept below the cache by everything that they depend on, so that each is asked once.
"""

import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from packaging.requirements import Requirement

from harness.environments.locks import BUILD_LOCK, locked_names
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.pins import Pins, pinned
from harness.environments.target import Target, Wanted
from harness.environments.uv import said, uv
from harness.support.files import make_folder, write_whole

Resolve = Callable[..., Pins | Unavailable]


class Resolver:
    """Asks uv what a target resolves to.

    `locks` holds the pinned build backends, `as_of` is the index's moment, up to which a build backend may be new.
    With `universal`, the answer is for every platform and every newer Python, and names hashes: that is what a lock is
    written from.
    """

    def __init__(self, locks: Path, as_of: datetime, cache: Path, *, universal: bool = False) -> None:
        self.locks = locks
        self.as_of = as_of
        self.cache = cache
        self.universal = universal
        self.hashed = universal
        # Where it is the network that fails, the answer is for this run alone.
        self._failed: dict[str, Unavailable] = {}

    def base(self, target: Target, python: str) -> Pins | Unavailable:
        """Starlette and what it declares; excluded where the release's own bounds do not allow the constraints."""
        starlette = [f"starlette=={target.release}"]
        found = self._resolve(starlette, target.profile.constraints, target.cutoff, python)
        if isinstance(found, Unavailable) and target.profile.constraints and not _is_unanswered(found):
            free = self._resolve(starlette, (), target.cutoff, python)
            if not isinstance(free, Unavailable):
                bounds = ", ".join(target.profile.constraints)
                detail = f"Starlette {target.release} does not go with {bounds}: {found.detail}"
                return Unavailable(Obstacle.EXCLUDED, detail)
        return found

    def from_source(self, source: Path, target: Target, python: str) -> Pins | Unavailable:
        """The Starlette that is built from the folder *source*, and what it declares."""
        return self._ask([f"starlette @ {source.as_uri()}"], target.profile.constraints, target.cutoff, python)

    def beside(self, target: Target, base: Environment, wanted: Wanted) -> Pins | Unavailable:
        """What is *wanted*, within what *base* has and the profile allows."""
        return self.over(target, base.python, base.freeze, wanted)

    def over(self, target: Target, python: str, base: Sequence[str], wanted: Wanted) -> Pins | Unavailable:
        """What is *wanted* over the pins *base*, without anything that they name."""
        bounds = (*base, *target.profile.constraints)
        has = dict(map(pinned, base))
        # In a lock, what the base has on some Pythons alone is left in: whoever installs it knows which this is.
        always = {pinned(line)[0] for line in base if ";" not in line}
        overrides = [line for line in base if pinned(line)[0] == "starlette"] if wanted.overriding else []
        resolved = partial(self._resolve, overrides=overrides)

        def resolve(requirements: Sequence[str], moment: datetime = target.cutoff) -> Pins | Unavailable:
            # Mostly it does not depend on the base, and is then asked once for all of them.
            found = resolved(requirements, target.profile.constraints, moment, python)
            if isinstance(found, Unavailable) or any(has.get(n, v) != v for n, v in map(pinned, found)):
                found = resolved(requirements, bounds, moment, python)
            if isinstance(found, Unavailable):
                return found
            return tuple(line for line in found if pinned(line)[0] not in always)

        return _with_what_fits(wanted, resolve, self.as_of)

    def _resolve(
        self,
        requirements: Sequence[str],
        constraints: Sequence[str],
        cutoff: datetime,
        python: str,
        overrides: Sequence[str] = (),
    ) -> Pins | Unavailable:
        build = (self.locks / BUILD_LOCK).read_text(encoding="utf-8")
        made_of = [spoken(cutoff), python, str(self.universal), build, *requirements, "", *constraints]
        made_of += ["", *overrides] if overrides else []
        key = hashlib.sha256("\0".join(made_of).encode()).hexdigest()[:24]
        place = self.cache / "resolutions" / f"{key}.json"
        if (kept := self._failed.get(key) or _read(place)) is not None:
            return kept
        found = self._ask(requirements, constraints, cutoff, python, overrides)
        if isinstance(found, Unavailable) and _is_unanswered(found):
            self._failed[key] = found
        else:
            make_folder(place.parent, self.cache)
            write_whole(place, json.dumps(_kept(found)))
        return found

    def _ask(
        self,
        requirements: Sequence[str],
        constraints: Sequence[str],
        cutoff: datetime,
        python: str,
        overrides: Sequence[str] = (),
    ) -> Pins | Unavailable:
        with tempfile.TemporaryDirectory() as folder:
            wanted, bounds = Path(folder) / "wanted.in", Path(folder) / "bounds.txt"
            wanted.write_text("".join(f"{line}\n" for line in requirements), encoding="utf-8")
            bounds.write_text("".join(f"{_plain(line)}\n" for line in constraints), encoding="utf-8")
            command: list[str | Path] = ["pip", "compile", "--quiet", "--no-header", "--no-annotate"]
            command += ["--exclude-newer", spoken(cutoff), "--python-version", python, "--constraints", bounds]
            command += ["--build-constraints", self.locks / BUILD_LOCK, *late_backends(self.locks, self.as_of)]
            command += ["--universal", "--generate-hashes"] if self.universal else []
            if overrides:
                above = Path(folder) / "overrides.txt"
                above.write_text("".join(f"{_plain(line)}\n" for line in overrides), encoding="utf-8")
                command += ["--overrides", above]
            finished = uv(*command, wanted)
        if finished.code != 0:
            return _unavailable(said(finished))
        return tuple(_joined(finished.stdout))


def _with_what_fits(wanted: Wanted, resolve: Resolve, newest: datetime) -> Pins | Unavailable:
    """Resolve all that is required and, one by one, whatever optional goes with it.

    Something optional with a bound that the day cannot meet yet is taken from *newest*, with all the others.
    """
    everything = resolve((*wanted.required, *wanted.optional))
    if not isinstance(everything, Unavailable) or _is_unanswered(everything):
        return everything
    if any(Requirement(each).specifier for each in wanted.optional):
        late = resolve((*wanted.required, *wanted.optional), newest)
        if not isinstance(late, Unavailable) or _is_unanswered(late):
            return late
    found: Pins | Unavailable = resolve(wanted.required) if wanted.required else ()
    kept: list[str] = list(wanted.required)
    for each in () if isinstance(found, Unavailable) else wanted.optional:
        more = resolve((*kept, each))
        if _is_unanswered(more):
            return more
        if not isinstance(more, Unavailable):
            kept.append(each)
            found = more
    return found


def _unavailable(why: str) -> Unavailable:
    if re.search(r"starlette==\S+ requires Python|does not satisfy Python|requires-python|Python requirement", why):
        return Unavailable(Obstacle.WRONG_PYTHON, why)
    return Unavailable(Obstacle.UNREACHABLE if _UNREACHABLE.search(why) else Obstacle.NOT_INSTALLABLE, why)


def _is_unanswered(found: Pins | Unavailable) -> bool:
    """Whether it is the index that did not answer: that says nothing about what there is."""
    return isinstance(found, Unavailable) and found.obstacle is Obstacle.UNREACHABLE


def _joined(compiled: str) -> Iterator[str]:
    """Each requirement of a compiled file in one line."""
    text = re.sub(r" *\\\n +", " ", compiled)
    return (line for line in text.splitlines() if line and not line.startswith(("#", "-")))


def _plain(line: str) -> str:
    """A pin without its hashes, as a constraint takes it."""
    return line.partition(" --hash")[0]


# What uv says where the index did not answer, or was not to be asked, which it may be the next time.
_UNREACHABLE = re.compile(
    r"[Ff]ailed to fetch|error sending request|timed out|[Cc]onnect|still running|network was disabled"
)


def _kept(found: Pins | Unavailable) -> object:
    if isinstance(found, Unavailable):
        return {"obstacle": found.obstacle, "detail": found.detail}
    return list(found)


def _read(place: Path) -> Pins | Unavailable | None:
    """A resolution that was kept, or why there is none; None where nothing was kept, or not a whole one."""
    try:
        kept = json.loads(place.read_text(encoding="utf-8"))
        if isinstance(kept, dict):
            return Unavailable(Obstacle(kept["obstacle"]), str(kept["detail"]))
        whole = isinstance(kept, list) and all(isinstance(each, str) for each in kept)
        return tuple(kept) if whole else None
    except (OSError, ValueError, KeyError):
        return None


def late_backends(locks: Path, as_of: datetime) -> Iterator[str]:
    """Options for uv: a build backend may be newer than the release that it builds."""
    for name in locked_names(locks / BUILD_LOCK):
        yield from ("--exclude-newer-package", f"{name}={spoken(as_of)}")


def spoken(moment: datetime) -> str:
    """A moment as uv reads it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
