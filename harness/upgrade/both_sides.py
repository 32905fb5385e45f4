"""Runs both sides of an upgrade, the releases that are worth going to, and workarounds for what stays."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from harness.catalogue.case import Case, Check, Kind
from harness.environments.builder import Builder
from harness.environments.model import Environment, Obstacle, Unavailable
from harness.evidence.document import Evidence
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index, parse_version, same_version
from harness.runs.plan import Releases, jobs_in, workarounds_in
from harness.runs.row import Row
from harness.runs.run import Runner, not_run, row, rows
from harness.runs.seen import Seen
from harness.support.errors import UserError
from harness.upgrade.comparison import Candidate, Comparison, Finding, Role, Search, Side, Workaround, findings, steps
from harness.upgrade.elsewhere import beside
from harness.upgrade.forecast import Forecast
from harness.upgrade.nearest import Hunt, Ran, above, between
from harness.upgrade.pins import DEPENDENCIES, NotChecked, Pin, Pins
from harness.upgrade.refusal import Refusal, first
from harness.upgrade.resolving import Resolved, Resolver
from harness.upgrade.sources import NEWEST, Subject, Target, Wish


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted beside the comparison itself.

    `plan` adds the newest releases to those that one may go to, `workarounds` has them run for the security bugs that
    are there after the upgrade.
    """

    plan: bool = False
    workarounds: bool = False


class Upgrade:
    """Runs *cases* in what *resolver* resolves and *builder* builds; *say* hears of each step.

    *evidence*, by the names of cases, says which releases are worth a try.
    """

    def __init__(
        self,
        resolver: Resolver,
        builder: Builder,
        releases: Releases,
        say: Callable[[str], None],
        evidence: Mapping[str, Evidence] | None = None,
    ) -> None:
        self.resolver = resolver
        self.builder = builder
        self.releases = releases
        self.say = say
        self.evidence = evidence or {}

    @property
    def cases(self) -> Sequence[Case]:
        return self.resolver.cases

    def compare(
        self, before: Subject, after: Subject | Target, index: Index, today: date, asked: Asked = Asked()
    ) -> Comparison:
        """Run *before* and *after*, which may be a release where all but Starlette stays as it was before.

        Raises:
            UserError: there is no such release, or nothing has what is wanted of another distribution.
        """
        old = self.as_it_is(before)
        plan = asked.plan or after is NEWEST
        allowed = self._newest_allowed(old, index) if plan or not isinstance(after, Subject) else None
        release = (allowed or index.newest) if after is NEWEST else after if isinstance(after, str) else None
        new = self.changed(old, release) if release else self.as_it_is(self._subject(old, after))
        if release and isinstance(new.resolved, Refusal) and release not in index:
            raise UserError(f"Starlette {release} cannot be had: {new.resolved.reason}; the newest is {index.newest}")
        base = old if release else new
        futile = base.is_other or base.is_unreachable or new.is_unreachable
        searched = self._conflicts(old, new) if release and not futile else Search()
        candidates, tried = ((), ()) if futile else self._candidates(old, new, index, base, plan=plan)
        unchecked = [each for ran in (old, new) for each in (*beside(ran.side.pins), *_other(ran))]
        unchecked += [*searched.unchecked, *(each for found in candidates for each in found.unchecked)]
        return Comparison(
            before=old.side,
            after=new.side,
            findings=self._findings(old, new),
            steps=steps(old.side.freeze, new.side.freeze) if old.side.freeze and new.side.freeze else (),
            conflicts=searched.conflicts,
            as_of=today,
            candidates=candidates,
            tried=tried,
            workarounds=tuple(self._workarounds(new)) if asked.workarounds else (),
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

    def _subject(self, old: Ran, after: Subject | Target) -> Subject:
        """What *after* is, where it is more than a release."""
        if isinstance(after, Subject):
            return after
        if not isinstance(after, Wish):
            raise TypeError(f"{after!r} is a release")
        moved = self.resolver.moved(old.side.pins, after.requirements)
        if isinstance(moved, Refusal):
            raise UserError(f"--to {after.text}: it cannot be had beside what is pinned: {first(moved.reason)}")
        return Subject(moved)

    def _candidates(
        self, old: Ran, new: Ran, index: Index, base: Ran, *, plan: bool
    ) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
        """The releases to go to, with what *base* has beside them, and those that were run to find them.

        None where there is no bug after the upgrade, and nothing that could not be told, unless a *plan* is wanted.
        """
        if not new.remaining and not plan:
            return (), ()
        beside = dict(pin.split("==", 1) for pin in (new.side.freeze or old.side.freeze))
        forecast = Forecast(self.cases, self.evidence, index, beside)
        hunt = Hunt(partial(self.changed, base), forecast.weight, {new.side.release: new})
        way = [new.side.release, *above(new.side.release, index), *between(old.side.release, new.side.release, index)]
        roles: dict[str, list[Role]] = {new.side.release: [Role.TARGET]}
        best = hunt.best(way) or new
        roles.setdefault(best.side.release, []).append(Role.BEST)
        newest = self._newest_allowed(base, index)
        allowed = best if not self._conflicts(base, best).conflicts else hunt.best(self._within(way, base, new, newest))
        if allowed:
            roles.setdefault(allowed.side.release, []).append(Role.BEST_ALLOWED)
        if plan:
            for release, role in ((newest, Role.NEWEST_ALLOWED), (index.newest, Role.NEWEST)):
                if release and not hunt.hopeless:
                    roles.setdefault(hunt.at(release).side.release, []).append(role)
        found = (self._candidate(old, base, hunt.at(release), tuple(its)) for release, its in roles.items())
        return tuple(found), tuple(hunt.tried)

    def _within(self, way: Sequence[str], base: Ran, new: Ran, newest: str | None) -> list[str]:
        """Those of *way* that the pins allow: none above *newest*, and the target where it is no conflict."""
        target = new.side.release
        found = [each for each in way if each == target or (newest and parse_version(each) <= parse_version(newest))]
        return [each for each in found if each != target or not self._conflicts(base, new).conflicts]

    def _candidate(self, old: Ran, base: Ran, ran: Ran, roles: tuple[Role, ...]) -> Candidate:
        searched = self._conflicts(base, ran)
        return Candidate(ran.side.release, roles, self._findings(old, ran), searched.conflicts, searched.unchecked)

    def _findings(self, old: Ran, new: Ran) -> tuple[Finding, ...]:
        return findings({case.name: case for case in self.cases}, old.rows, new.rows)

    def _newest_allowed(self, base: Ran, index: Index) -> str | None:
        """The newest release that all that is pinned beside it allows; the one of now where it is that."""
        pins = base.side.pins
        if base.is_other or base.is_unreachable:
            return None
        if not {pin.name for pin in pins.pins} - {"starlette", *DEPENDENCIES}:
            return index.newest
        found = self.resolver.newest(pins, base.resolved)
        return index.known(found) if found else None

    def _workarounds(self, ran: Ran) -> Iterator[Workaround]:
        """The workaround of each security bug that is there, run where it is there."""
        there = {row.case for row in ran.remaining if row.verdict is Verdict.AFFECTED}
        cases = [case for case in self.cases if case.name in there and case.kind is Kind.SECURITY]
        cases = [case for case in cases if case.program(Check.WORKAROUND).is_file()]
        if ran.environment is not None:
            jobs = workarounds_in(ran.side.release, cases, self.releases)
            for job, seen in Runner(self.builder).run_in(ran.environment, jobs).items():
                yield Workaround(job.task.case, row(job, seen))

    def _conflicts(self, base: Ran, moved: Ran) -> Search:
        return self.resolver.conflicts(base.side.pins, moved.resolved, moved.side.release)

    def _run(
        self,
        pins: Pins,
        resolved: Resolved,
        release: str,
        existing: Environment | None = None,
    ) -> Ran:
        environment = existing or self._build(resolved, release)
        if isinstance(environment, Unavailable):
            if (failed := Refusal(environment.detail)).unreachable:
                resolved = failed
            return Ran(
                Side(pins, release, None, (), environment.detail),
                tuple(self._unavailable(environment, release)),
                resolved,
            )
        if isinstance(resolved, Refusal):
            relevant = {"starlette", *DEPENDENCIES, *self.resolver.names}
        else:
            relevant = {pin.name for pin in resolved}
        freeze = tuple(pin for pin in environment.freeze if pin.partition("==")[0] in relevant)
        jobs = jobs_in(environment.release, self.cases, self.releases)
        seen = Runner(self.builder).run_in(environment, jobs)
        side = Side(pins, release, environment.python, freeze, environment.doubt)
        return Ran(side, rows(seen), resolved, environment)

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
