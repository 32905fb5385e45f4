"""Runs both sides of an upgrade, and what lies above it until a release is free of every bug."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from harness.catalogue.case import Case
from harness.environments.builder import Builder
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.environments.target import Target
from harness.judgement.judge import judge
from harness.judgement.vocabulary import Reason, Verdict
from harness.releases.index import Index, Profile, parse_version, same_version
from harness.runs.plan import unexpecting
from harness.runs.record import Row, to_row
from harness.runs.run import not_built, run_existing
from harness.support.errors import UserError
from harness.upgrade.comparison import WITHOUT, Comparison, Nearest, Search, Side, findings, steps
from harness.upgrade.elsewhere import beside
from harness.upgrade.pins import DEPENDENCIES, NotChecked, Pin, Pins
from harness.upgrade.refusal import Refusal
from harness.upgrade.resolving import Resolved, Resolver
from harness.upgrade.sources import Subject

# After so many releases in a row that cannot be built, it is what lies beside them that cannot.
_GIVE_UP = 5


@dataclass(frozen=True, slots=True)
class Ran:
    """One side that was run: what it was, what the programs showed, and what was resolved for it."""

    side: Side
    rows: tuple[Row, ...]
    resolved: Resolved

    @property
    def is_other(self) -> bool:
        """Whether what the index has is not what was locked: then nothing that is looked for there means anything."""
        return any(row.reason is Reason.HASH_MISMATCH for row in self.rows)

    @property
    def is_unreachable(self) -> bool:
        """Whether no index answered."""
        return isinstance(self.resolved, Refusal) and self.resolved.unreachable


class Upgrade:
    """Runs *cases* in what *resolver* resolves and *builder* builds; *say* hears of each step."""

    def __init__(self, resolver: Resolver, builder: Builder, say: Callable[[str], None]) -> None:
        self.resolver = resolver
        self.builder = builder
        self.say = say

    @property
    def cases(self) -> Sequence[Case]:
        return self.resolver.cases

    def compare(self, before: Subject, after: Subject | str, index: Index, today: date) -> Comparison:
        """Run *before* and *after*, which is a release where all but Starlette stays as it was before.

        Raises:
            UserError: there is no such release.
        """
        old = self.as_it_is(before)
        new = self.changed(old, after) if isinstance(after, str) else self.as_it_is(after)
        if isinstance(after, str) and isinstance(new.resolved, Refusal) and after not in index:
            raise UserError(f"Starlette {after} cannot be had: {new.resolved.reason}; the newest is {index.newest}")
        by_name: Mapping[str, Case] = {case.name: case for case in self.cases}
        base = old if isinstance(after, str) else new
        futile = base.is_other or base.is_unreachable or new.is_unreachable
        searched = self._conflicts(old, new) if isinstance(after, str) and not futile else Search()
        nearest = None if futile else self.nearest(old, new, index, base=base)
        unchecked = [each for ran in (old, new) for each in (*beside(ran.side.pins), *_other(ran))]
        unchecked += [*searched.unchecked, *(nearest.unchecked if nearest else ())]
        return Comparison(
            before=old.side,
            after=new.side,
            findings=findings(by_name, old.rows, new.rows),
            steps=steps(old.side.freeze, new.side.freeze) if old.side.freeze and new.side.freeze else (),
            conflicts=searched.conflicts,
            nearest=nearest,
            as_of=today,
            unchecked=tuple(
                sorted({each.name: each for each in reversed(unchecked)}.values(), key=lambda each: each.name)
            ),
        )

    def as_it_is(self, subject: Subject) -> Ran:
        """Run what a lock or a requirement pins, or an environment in its place."""
        pins = subject.pins
        self.say(f"{pins.source}: Starlette {pins.starlette.version}")
        return self._run(pins, self.resolver.as_pinned(pins), pins.starlette.version, subject.existing)

    def changed(self, base: Ran, release: str) -> Ran:
        """Run what *base* is with another release of Starlette."""
        pins = base.side.pins
        self.say(f"{pins.source}, with Starlette {release}")
        return self._run(pins, self.resolver.changed(pins, base.resolved, release), release)

    def nearest(self, before: Ran, after: Ran, index: Index, base: Ran) -> Nearest:
        """The first release without any bug: from the target upwards, then from above the release of now.

        Each is run with what *base* has beside it.
        """
        found: list[Ran] = []
        for release in _candidates(before.side.release, after.side.release, index):
            found.append(self.changed(base, release) if found else after)
            if found[-1].is_unreachable:
                found.pop()
                break
            if _weight(found[-1]) == (False, 0, 0) or _cannot_be_built(found[-_GIVE_UP:]):
                break
        best = min(found, key=_weight)
        tried = tuple(ran.side.release for ran in found)
        searched = self._conflicts(base, best)
        remaining = tuple(_remaining(best.rows))
        return Nearest(best.side.release, remaining, tried, searched.conflicts, searched.unchecked)

    def _conflicts(self, base: Ran, moved: Ran) -> Search:
        return self.resolver.conflicts(base.side.pins, moved.resolved, moved.side.release)

    def _run(self, pins: Pins, resolved: Resolved, release: str, existing: Environment | None = None) -> Ran:
        environment = existing or self._build(resolved, release)
        if isinstance(environment, Unavailable):
            if (failed := Refusal(environment.detail)).unreachable:
                resolved = failed
            return Ran(Side(pins, release, None, ()), tuple(self._unavailable(environment, release)), resolved)
        if isinstance(resolved, Refusal):
            relevant = {"starlette", *DEPENDENCIES, *self.resolver.names}
        else:
            relevant = {pin.name for pin in resolved}
        freeze = tuple(pin for pin in environment.freeze if pin.partition("==")[0] in relevant)
        rows = run_existing(environment, self.cases, self.builder)
        return Ran(Side(pins, release, environment.python, freeze), rows, resolved)

    def _build(self, resolved: Resolved, release: str) -> Environment | Unavailable:
        if isinstance(resolved, Refusal):
            obstacle = Obstacle.HASH_MISMATCH if resolved.mismatched else Obstacle.NOT_INSTALLABLE
            return Unavailable(obstacle, resolved.reason)
        lock = "".join(f"{_line(pin, trusted=self.resolver.trusted)}\n" for pin in resolved)
        hashed = all(pin.hashes for pin in resolved)
        environment = self.builder.locked(lock, self.resolver.interpreter, hashed=hashed)
        if isinstance(environment, Environment) and not same_version(environment.release, release):
            return Unavailable(Obstacle.WRONG_RELEASE, f"Starlette {environment.release} was installed, not {release}")
        return environment

    def _unavailable(self, why: Unavailable, release: str) -> Iterator[Row]:
        for task in [task for case in self.cases for task in unexpecting(case)]:
            seen = not_built(task, why)
            row = to_row(
                task, Target(release, Profile.TODAY, release), None, seen, judge(task.case, task.check, None, seen)
            )
            yield replace(row, profile=None)


def _other(ran: Ran) -> Iterator[NotChecked]:
    """What helps where the index does not have what was locked, once for all that it was not found out for."""
    if ran.is_other:
        pins = ran.side.pins
        remedy = (
            f"--trust-lock-sources lets {', '.join(pins.indexes)} be asked"
            if pins.indexes
            else "uv has to be configured for the index that the lock is made of"
        )
        yield NotChecked(pins.source, "", f"its hashes are not those of the index that uv asks; {remedy}")


def _line(pin: Pin, *, trusted: bool) -> str:
    if pin.origin and trusted:
        return f"{pin.name} @ {pin.origin}"
    return " ".join([str(pin), *(f"--hash={each}" for each in pin.hashes)])


def _candidates(before: str, after: str, index: Index) -> Iterator[str]:
    """The target, every final release above it, then those between the two sides; none that was taken back."""
    yield after
    finals = [release.version for release in index.releases if release.is_final and not release.yanked]
    low, high = parse_version(before), parse_version(after)
    yield from (version for version in finals if parse_version(version) > high)
    yield from (version for version in finals if low < parse_version(version) < high)


def _cannot_be_built(latest: Sequence[Ran]) -> bool:
    return len(latest) == _GIVE_UP and not any(ran.side.freeze for ran in latest)


def _remaining(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if row.tells and row.verdict not in WITHOUT)


def _weight(ran: Ran) -> tuple[bool, int, int]:
    """Whether it could be run at all, how many bugs are there, and how many could not be told."""
    remaining = list(_remaining(ran.rows))
    affected = sum(row.verdict is Verdict.AFFECTED for row in remaining)
    return not ran.side.freeze, affected, len(remaining) - affected
