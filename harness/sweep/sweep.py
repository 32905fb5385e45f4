"""Every case on every release: a further source of targets for the same programs and the same judge."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from packaging.specifiers import SpecifierSet

from harness.catalogue.case import Case
from harness.environments.target import Target
from harness.evidence.document import measured_profiles
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index, parse_version
from harness.releases.profiles import Profile
from harness.runs.plan import Job, Releases, target_of, tasks
from harness.runs.row import Row
from harness.runs.run import Runner, row
from harness.runs.seen import Seen

# One interpreter for all, so that evidence from two machines can be compared.
_PYTHON = "3.11"
# How often a verdict is observed that differs from its neighbour's.
REPETITIONS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One release under one profile."""

    release: str
    profile: str


def places(index: Index, profiles: Iterable[str], first: str | None, last: str | None) -> tuple[Place, ...]:
    """Every release from *first* to *last*, pre-releases and yanked ones too, under each profile."""
    wanted = [
        release.version
        for release in index.releases
        if (first is None or parse_version(release.version) >= parse_version(first))
        and (last is None or parse_version(release.version) <= parse_version(last))
    ]
    return tuple(Place(version, profile) for profile in profiles for version in wanted)


def swept_python(profile: Profile) -> str:
    """The interpreters that a sweep takes under *profile*: one minor version, the same on every machine."""
    return f"=={_PYTHON}.*" if SpecifierSet(profile.python).contains(f"{_PYTHON}.99") else profile.python


class Sweep:
    """Observes *cases* at places, and goes on from what the runner's store holds."""

    def __init__(self, cases: Sequence[Case], releases: Releases, runner: Runner) -> None:
        self.cases = cases
        self.releases = releases
        self.runner = runner

    def run(self, wanted: Sequence[Place], done: Callable[[Target], None] | None = None) -> tuple[Row, ...]:
        """Observe everything once, and again where a verdict borders on another; *done* hears of each environment."""
        jobs = {job: place for place in wanted for job in self._jobs(place)}
        seen = self.runner.run(list(jobs), done=done)
        times: dict[Job, int] = {}
        found = {job: row(job, each) for job, each in seen.items()}
        # What is repeated may turn out to be flaky, and so to differ from yet another neighbour.
        while new := [job for job in _borders(found, jobs, wanted) if job not in times and _ran(seen[job])]:
            times |= dict.fromkeys(new, REPETITIONS)
            again = self.runner.run(new, times)
            seen |= again
            found |= {job: row(job, each) for job, each in again.items()}
        return tuple(found.values())

    def _jobs(self, place: Place) -> Iterator[Job]:
        profile = self.releases.profiles[place.profile]
        moment, python = profile.moment(self.releases.index, place.release), swept_python(profile)
        for case in self.cases:
            if place.profile in measured_profiles(case):
                target = target_of(case, place.release, profile, moment, python=python)
                for task in tasks(case):
                    yield Job(target, task, profile.name)


def _ran(seen: Seen) -> bool:
    """Whether there is anything that could be repeated."""
    return seen.runs[0].obstacle is None


def _borders(found: Mapping[Job, Row], jobs: Mapping[Job, Place], wanted: Sequence[Place]) -> Iterator[Job]:
    """Each job whose verdict is not that of the release before or after it."""
    at: dict[Place, dict[tuple[str, str], tuple[Job, Verdict]]] = {}
    for job, place in jobs.items():
        at.setdefault(place, {})[job.task.case.name, job.task.check] = (job, found[job].verdict)
    for one, other in pairwise(wanted):
        if one.profile == other.profile:
            for key, (job, verdict) in at.get(one, {}).items():
                neighbour, theirs = at[other][key]
                if verdict is not theirs:
                    yield from (job, neighbour)
