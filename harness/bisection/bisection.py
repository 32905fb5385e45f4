"""Bisection: asks in log steps which releases have a bug, and says between which of them it came or went.

What there is to say goes to a function, line by line: this module shows nothing itself.
"""

from collections.abc import Callable, Collection, Sequence

from harness.bisection.script import Script, learn
from harness.bisection.search import Answer, Search
from harness.catalogue.case import Boundary, Case
from harness.judgement.vocabulary import Verdict
from harness.releases.index import Index, parse_version
from harness.releases.profiles import Profile
from harness.runs.plan import Job, Releases, target_of, tasks
from harness.runs.row import Row
from harness.runs.run import Runner, row
from harness.support.exits import Exit
from harness.sweep.sweep import REPETITIONS, python_of

Say = Callable[[str], None]


def path(index: Index, bad: str, good: str) -> tuple[str, ...]:
    """The releases from *bad* to *good*: both, and between them the final ones that were not taken back."""
    first, last = sorted(map(parse_version, (bad, good)))
    between = [
        release.version
        for release in index.releases
        if first < parse_version(release.version) < last and release.is_final and not release.yanked
    ]
    return (bad, *(between if parse_version(bad) == first else reversed(between)), good)


def answer(case: Case, rows: Collection[Row]) -> Answer:
    """What the verdicts of a case's telling programs on one release mean for the search.

    A release that lacks what is affected is good to a case, which knows what that looks like. A
    script does not: there only what ran to its end is good.
    """
    good = {Verdict.UNAFFECTED} if isinstance(case, Script) else {Verdict.UNAFFECTED, Verdict.NOT_APPLICABLE}
    verdicts = {row.verdict for row in rows}
    return Answer.BAD if Verdict.AFFECTED in verdicts else Answer.GOOD if verdicts <= good else Answer.SKIP


def tell(rows: Collection[Row]) -> str:
    """Verdict and evidence of each program, in one line."""
    return "; ".join(f"{row.verdict} — {f'{row.reason}: ' if row.reason else ''}{row.evidence}" for row in rows)


class Bisection:
    """Asks a case on *releases*, which lead from one said to be bad to one said to be good."""

    def __init__(
        self, case: Case, path: Sequence[str], profile: Profile, releases: Releases, runner: Runner, say: Say
    ) -> None:
        self.case = case
        self.releases = path
        self.profile = profile
        self.world = releases
        self.runner = runner
        self.say = say
        self.search = Search(len(path))
        self._tested: dict[str, list[Row]] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of every release that was tested, in the order in which they were."""
        return tuple(row for rows in self._tested.values() for row in rows)

    def run(self) -> Exit:
        """Learn what a script raises, test both ends, search between them, and say what was found."""
        if isinstance(self.case, Script):
            self.case = self._learned(self.case)
        while (place := self.search.next) is not None:
            rows = self._test(self.releases[place], times=1)
            self.search = self.search.told(place, answer(self.case, rows))
            self.say(f"{self._about(place)} ({self.search.left} to go)")
        return self._refuse_ends() if self.search.wrong_ends else self._conclude()

    def _jobs(self, release: str) -> list[Job]:
        index, python = self.world.index, python_of(self.profile)
        target = target_of(self.case, release, self.profile, index, day_of=release, python=python)
        return [Job(target, task, self.profile.name) for task in tasks(self.case)]

    def _learned(self, script: Script) -> Script:
        (seen,) = self.runner.run(self._jobs(self.releases[0])).values()
        script = learn(script, seen.runs[0])
        for signature in script.symptom:
            matching = f", with a message that matches {signature.matches}" if signature.matches else ""
            self.say(f"Looking for {signature.raises} from {signature.raised_in}{matching}")
        return script

    def _test(self, release: str, times: int) -> list[Row]:
        jobs = self._jobs(release)
        rows = [row(job, seen) for job, seen in self.runner.run(jobs, dict.fromkeys(jobs, times)).items()]
        self._tested[release] = rows
        return rows

    def _about(self, place: int) -> str:
        release = self.releases[place]
        return f"{release} {self.profile}: {tell(self._tested[release])}"

    def _refuse_ends(self) -> Exit:
        """Nothing can be searched between ends that do not differ."""
        differs = False
        for end in self.search.wrong_ends:
            said, found = self.search.ends[end], self.search.answers[end]
            differs = differs or found is not Answer.SKIP
            what = "which cannot be told; name another end" if found is Answer.SKIP else f"and it is {found}"
            self.say(f"{self.releases[end]} was taken for {said}, {what}")
        return Exit.DIFFERS if differs else Exit.NOT_OBSERVED

    def _conclude(self) -> Exit:
        bad, good = self.search.last_bad, self.search.first_good
        hidden = range(bad + 1, good)
        steady = self._repeat((bad, good))
        self.say("")
        self.say(f"{self.profile}: {self._change(self.releases[bad], self.releases[good], hidden)}")
        for place in hidden:
            self.say(f"  {self._about(place)}")
        self.say(f"{len(self._tested)} of {len(self.releases)} environments were tested")
        differs = self._compare(self.releases[bad], self.releases[good], exact=not hidden)
        return Exit.DIFFERS if differs else Exit.NOT_OBSERVED if hidden or not steady else Exit.AS_EXPECTED

    def _repeat(self, places: Collection[int]) -> bool:
        """Whether the neighbours of the change say the same each time."""
        steady = True
        for place in places:
            again = answer(self.case, self._test(self.releases[place], REPETITIONS))
            if again is not self.search.answers[place]:
                steady = False
                self.say(f"{self._about(place)}: the answer hangs on this release, and it is not always the same")
        return steady

    def _change(self, bad: str, good: str, hidden: Collection[int]) -> str:
        came = parse_version(good) < parse_version(bad)
        if hidden:
            what, older, newer = ("came", good, bad) if came else ("went", bad, good)
            return f"It {what} after {older} and by {newer}; what lies between cannot be told"
        if came:
            return f"{good} is the last that is not affected, {bad} the first affected"
        return f"{bad} is the last affected, {good} the first that is not"

    def _compare(self, bad: str, good: str, *, exact: bool) -> bool:
        """Say whether the case states what was found; whether it states something else."""
        stated = [each for each in self.case.boundaries if self._spans(each)]
        if not stated:
            return False
        words = ", ".join(f"{each.broken} and {each.fixed}" for each in stated)
        within = any(
            parse_version(bad) <= parse_version(each.broken) and parse_version(each.fixed) <= parse_version(good)
            for each in stated
        )
        agrees = "agrees with" if exact else "leaves room for"
        self.say(f"This {agrees if within else 'contradicts'} case.toml, which states {words}")
        return not within

    def _spans(self, boundary: Boundary) -> bool:
        """Whether *boundary* lies where a fix was searched."""
        first, last = parse_version(self.releases[0]), parse_version(self.releases[-1])
        return boundary.profile == self.profile.name and (
            first <= parse_version(boundary.broken) and parse_version(boundary.fixed) <= last
        )
