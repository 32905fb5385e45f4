"""Every case on every release: a further source of environments for the same programs and the same judge."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from itertools import pairwise

from harness.catalogue.case import Case, Check
from harness.environments.builder import Builder
from harness.environments.model import Environment, Unavailable
from harness.environments.needs import Beside
from harness.environments.target import Target
from harness.judgement.judge import combine, judge
from harness.judgement.observation import Observation
from harness.releases.index import Index, Profile, parse_version
from harness.runs.plan import Task, unexpecting
from harness.runs.record import Row, to_row
from harness.runs.run import not_built, observe
from harness.runs.store import Store
from harness.support.processes import workers

# One interpreter for all, so that evidence from two machines can be compared.
PYTHON = "==3.11.*"
# How often a verdict is observed that differs from its neighbour's.
REPETITIONS = 3

Run = Mapping[Check, Observation]


@dataclass(frozen=True, slots=True)
class Sample:
    """One release under one profile: its environment, and the runs of each case there."""

    target: Target
    environment: Environment | Unavailable
    runs: Mapping[str, tuple[Run, ...]]


def targets(index: Index, profiles: Iterable[Profile], first: str | None, last: str | None) -> tuple[Target, ...]:
    """Every release from *first* to *last*, pre-releases and yanked ones too, under each profile."""
    wanted = [
        release.version
        for release in index.releases
        if (first is None or parse_version(release.version) >= parse_version(first))
        and (last is None or parse_version(release.version) <= parse_version(last))
    ]
    return tuple(Target(version, profile, version) for profile in profiles for version in wanted)


class Sweep:
    """Observes *cases* on targets, and goes on from what *store* holds."""

    def __init__(self, cases: Sequence[Case], catalogue: Sequence[Case], builder: Builder, store: Store) -> None:
        self.cases = cases
        self.builder = builder
        self.store = store
        self.beside = Beside.of(catalogue)

    def run(self, wanted: Sequence[Target], done: Callable[[Target], None]) -> tuple[Row, ...]:
        """Observe everything once, and again where a verdict borders on another; *done* hears of each target."""
        samples = self._all({target: dict.fromkeys(self._names(), 1) for target in wanted}, done)
        repeated: dict[Target, dict[str, int]] = {}
        # What is repeated may turn out to be flaky, and so to differ from yet another neighbour.
        while new := [each for each in self._borders(samples) if each[1] not in repeated.get(each[0], {})]:
            for target, name in new:
                repeated.setdefault(target, {})[name] = REPETITIONS
            again = {sample.target: sample for sample in self._all(repeated, lambda _: None)}
            samples = tuple(_joined(again.get(sample.target), sample) for sample in samples)
        return tuple(row for sample in samples for row in self._rows(sample))

    def environment(self, target: Target) -> Environment | Unavailable:
        """Build what *target* says: one environment for all cases of the catalogue."""
        return self.builder.resolved(target.release, target.profile, PYTHON, self.beside.required, self.beside.optional)

    def _names(self) -> tuple[str, ...]:
        return tuple(case.name for case in self.cases)

    def _all(self, wanted: Mapping[Target, Mapping[str, int]], done: Callable[[Target], None]) -> tuple[Sample, ...]:
        """A sample of each target, in their order, made on all cores."""
        with workers() as pool:
            waiting = {pool.submit(self._sample, target, times): target for target, times in wanted.items()}
            found = {}
            for future in as_completed(waiting):
                found[waiting[future]] = future.result()
                done(waiting[future])
        return tuple(found[target] for target in wanted)

    def _sample(self, target: Target, times: Mapping[str, int]) -> Sample:
        """Run each case as often as *times* says, less what is in the store already."""
        environment = self.environment(target)
        if isinstance(environment, Unavailable):
            return Sample(target, environment, {})
        cases = [case for case in self.cases if case.name in times]
        runs = {case.name: list(self.store.recall(case, environment)) for case in cases}
        while short := [case for case in cases if len(runs[case.name]) < times[case.name]]:
            seen = observe([task for case in short for task in unexpecting(case)], environment, self.builder)
            for case in short:
                runs[case.name].append({task.check: each for task, each in seen.items() if task.case is case})
                self.store.keep(case, environment, runs[case.name])
        return Sample(target, environment, {name: tuple(each) for name, each in runs.items()})

    def _borders(self, samples: Sequence[Sample]) -> Iterator[tuple[Target, str]]:
        """Each target with each case whose verdict there is not that of the release before or after."""
        verdicts = {
            sample.target: {(row.case, row.check): row.verdict for row in self._rows(sample)} for sample in samples
        }
        for one, other in pairwise(sample.target for sample in samples):
            if one.profile is other.profile:
                here, there = verdicts[one], verdicts[other]
                for case in {case for case, check in here if here[case, check] is not there[case, check]}:
                    yield from ((one, case), (other, case))

    def _rows(self, sample: Sample) -> Iterator[Row]:
        for case in self.cases:
            for task in unexpecting(case):
                yield self._row(task, sample.target, sample.environment, sample.runs.get(case.name, ()))

    def _row(self, task: Task, target: Target, environment: Environment | Unavailable, runs: Sequence[Run]) -> Row:
        if isinstance(environment, Unavailable):
            seen = not_built(task, environment)
            return to_row(task, target, None, seen, judge(task.case, task.check, None, seen))
        observed = [run[task.check] for run in runs]
        judgements = [judge(task.case, task.check, environment, each) for each in observed]
        return to_row(task, target, environment, observed[0], combine(judgements))


def _joined(again: Sample | None, before: Sample) -> Sample:
    """*before*, with the runs that were made again in place of the first one."""
    return replace(before, runs={**before.runs, **again.runs}) if again else before
