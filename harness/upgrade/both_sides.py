"""Runs both sides of an upgrade, and what lies beyond it until a release is free of every bug."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from harness.catalogue.case import Case
from harness.environments.builder import Builder
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.releases.index import Index, same_version
from harness.runs.plan import Releases, jobs_in
from harness.runs.row import Row
from harness.runs.run import Runner, not_run, row, rows
from harness.runs.seen import Seen
from harness.support.errors import UserError
from harness.upgrade.comparison import Comparison, Nearest, Search, Side, findings, steps
from harness.upgrade.elsewhere import beside
from harness.upgrade.nearest import Hunt, Ran, above, between
from harness.upgrade.pins import DEPENDENCIES, NotChecked, Pin, Pins
from harness.upgrade.refusal import Refusal
from harness.upgrade.resolving import Resolved, Resolver
from harness.upgrade.sources import Subject


class Upgrade:
    """Runs *cases* in what *resolver* resolves and *builder* builds; *say* hears of each step."""

    def __init__(self, resolver: Resolver, builder: Builder, releases: Releases, say: Callable[[str], None]) -> None:
        self.resolver = resolver
        self.builder = builder
        self.releases = releases
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
        nearest = None if futile else self.nearest(old, new, index, base)
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

    def changed(self, base: Ran, release: str, cases: Sequence[Case] = ()) -> Ran:
        """Run what *base* is with another release of Starlette: *cases*, or all of them."""
        pins = base.side.pins
        self.say(f"{pins.source}, with Starlette {release}")
        return self._run(pins, self.resolver.changed(pins, base.resolved, release), release, cases=cases)

    def nearest(self, before: Ran, after: Ran, index: Index, base: Ran) -> Nearest | None:
        """The release to go to: above the target, else between the two sides, with what *base* has beside it.

        None where there is no bug after the upgrade, and nothing that could not be told.
        """
        if not after.remaining:
            return None
        old, new = before.side.release, after.side.release
        hunt = Hunt(partial(self.changed, base), self.cases, {new: after})
        best = hunt.best([above(new, index), between(old, new, index)])
        searched = self._conflicts(base, best)
        return Nearest(best.side.release, best.remaining, tuple(hunt.tried), searched.conflicts, searched.unchecked)

    def _conflicts(self, base: Ran, moved: Ran) -> Search:
        return self.resolver.conflicts(base.side.pins, moved.resolved, moved.side.release)

    def _run(
        self,
        pins: Pins,
        resolved: Resolved,
        release: str,
        existing: Environment | None = None,
        cases: Sequence[Case] = (),
    ) -> Ran:
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
        jobs = jobs_in(environment.release, cases or self.cases, self.releases)
        seen = Runner(self.builder).run_in(environment, jobs)
        return Ran(Side(pins, release, environment.python, freeze), rows(seen), resolved)

    def _build(self, resolved: Resolved, release: str) -> Environment | Unavailable:
        if isinstance(resolved, Refusal):
            obstacle = Obstacle.HASH_MISMATCH if resolved.mismatched else Obstacle.NOT_INSTALLABLE
            return Unavailable(obstacle, resolved.reason)
        lock = tuple(_line(pin, trusted=self.resolver.trusted) for pin in resolved)
        hashed = all(pin.hashes for pin in resolved)
        environment = self.builder.installer.environment(lock, self.resolver.interpreter, hashed=hashed)
        if isinstance(environment, Environment) and not same_version(environment.release, release):
            return Unavailable(Obstacle.WRONG_RELEASE, f"Starlette {environment.release} was installed, not {release}")
        return environment

    def _unavailable(self, why: Unavailable, release: str) -> Iterator[Row]:
        for job in jobs_in(release, self.cases, self.releases):
            yield row(job, Seen(why, (not_run(job.task.engine, why),)))


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
