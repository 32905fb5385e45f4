"""Asks a case, or a script, of one release after the other, each once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from harness.bisection.failure import Failure
from harness.bisection.judging import judge_script, learn, learn_types
from harness.bisection.progress import Say, watched
from harness.bisection.script import Script, Symptom
from harness.bisection.search import Answer
from harness.catalogue.case import Case
from harness.environments.model import Environment
from harness.environments.target import Target
from harness.judgement.judge import judge
from harness.judgement.observation import Observation
from harness.judgement.vocabulary import Reason, Verdict
from harness.judgement.wording import describe
from harness.releases.profiles import Profile
from harness.runs.plan import Job, Releases, Task, target_of, tasks
from harness.runs.row import Row
from harness.runs.run import Runner, row
from harness.runs.seen import Seen
from harness.sweep.sweep import swept_python


def answer(case: Case, rows: Collection[Row], *, absence_is_good: bool = False) -> Answer:
    """What the verdicts of a case's telling programs on one release mean for the search.

    A release that lacks what is affected is good to a case, which knows what that looks like. A
    script does not: there only what ran to its end is good, and with *absence_is_good* a release without the feature.
    """
    if absence_is_good and all(lacks(row) for row in rows):
        return Answer.GOOD
    verdicts = {row.verdict for row in rows}
    if Verdict.AFFECTED in verdicts:
        return Answer.BAD
    ran = isinstance(case, Script)
    free = all(verdict is Verdict.UNAFFECTED if ran else verdict.is_free for verdict in verdicts)
    return Answer.GOOD if free else Answer.SKIP


def summed_up(rows: Collection[Row]) -> str:
    """Verdict and evidence of each program, in one line."""
    return "; ".join(f"{row.verdict} — {f'{row.reason}: ' if row.reason else ''}{row.evidence}" for row in rows)


def lacks(row: Row) -> bool:
    """Whether the release has no such feature."""
    return row.reason in (Reason.NO_SUCH_FEATURE, Reason.NO_SUCH_NAME)


def programs(case: Case) -> Sequence[Task]:
    """What is run of *case*: the programs that tell."""
    return (case.task,) if isinstance(case, Script) else tasks(case)


def judged(case: Case, job: Job, seen: Seen) -> Row:
    """The row of what was *seen* of *case*."""
    return row(job, seen, judge_script if isinstance(case, Script) else judge)


@dataclass
class Asker:
    """Asks *case* under *profile*, on CPython *python* where it is not empty; what is slow is said."""

    case: Case
    profile: Profile
    world: Releases
    runner: Runner
    say: Say
    python: str = ""
    absence_is_good: bool = False

    def __post_init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}
        self.seen: dict[str, Observation] = {}

    @cached_property
    def name(self) -> str:
        """The surroundings, in a few words."""
        return f"{self.profile}, CPython {self.python}" if self.python else str(self.profile)

    def of(self, target: Target) -> Target:
        """*target* as a script wants it."""
        if isinstance(self.case, Script) and self.case.wish.override:
            target = replace(target, layer=replace(target.layer, overriding=True))
        return replace(target, python=self.admitted) if self.python else target

    @property
    def admitted(self) -> str:
        """The interpreters that are taken, as a version specifier."""
        return f"=={self.python}.*" if self.python else swept_python(self.profile)

    def ask(self, release: str, times: int = 1) -> Answer:
        """What *release* is, observed once if it was not, or so many *times* anew."""
        if times > 1 or release not in self.rows:
            seen = self._run(release, times)
            self.rows[release] = [judged(self.case, job, each) for job, each in seen.items()]
        return answer(self.case, self.rows[release], absence_is_good=self.absence_is_good)

    def about(self, release: str) -> str:
        """What was found on *release*, and with which of the packages that the user named."""
        named = self.case.environment.required_names if isinstance(self.case, Script) else ()
        pins = {pin.partition("==")[0]: pin for each in self.rows[release] for pin in each.freeze}
        beside = [pins[name].replace("==", " ") for name in sorted(named) if name in pins]
        surroundings = f"{self.name}, {', '.join(beside)}" if beside else self.name
        return f"{release} {surroundings}: {summed_up(self.rows[release])}"

    def learn(self, bad: str, good: str | None) -> None:
        """Let a script show on *bad* what is looked for, and say that; types are compared with those on *good*.

        Raises:
            UserError: what it shows is not to be looked for.
        """
        script = self.case
        if not isinstance(script, Script):
            return
        ran = {bad: self._run(bad, 1)}
        seen = self.seen[bad]
        if script.wish.symptom is Symptom.TYPES and good is not None:
            ran[good] = self._run(good, 1)
            self.case = learn_types(script, seen, self.seen[good])
        else:
            ((_, found),) = ran[bad].items()
            self.case = learn(script, found.subject if isinstance(found.subject, Environment) else None, seen)
        # What ran is judged by what it taught, and need not run again.
        for release, each in ran.items():
            again = zip(self._jobs(release), each.values(), strict=True)
            self.rows[release] = [judged(self.case, job, found) for job, found in again]
        if looked := _wanted(self.case, seen):
            self.say(f"Looking for {looked}")

    def failures(self) -> dict[str, str]:
        """The releases that show what is looked for with each message, by the first of them."""
        script = self.case
        found: dict[str, str] = {}
        if isinstance(script, Script) and script.learned and not script.wish.matches:
            for release, seen in self.seen.items():
                if seen.raised and (failure := Failure.of(seen.raised, script.file)).is_like(script.learned):
                    found.setdefault(failure.message, release)
        return found

    def _run(self, release: str, times: int) -> dict[Job, Seen]:
        jobs = self._jobs(release)
        with watched(self.say, f"{release} {self.name}", self.runner.seconds):
            found = self.runner.run(jobs, dict.fromkeys(jobs, times))
        self.seen[release] = next(iter(found.values())).runs[0]
        return found

    def _jobs(self, release: str) -> list[Job]:
        moment = self.profile.moment(self.world.index, release)
        target = target_of(self.case, release, self.profile, moment, python=self.admitted)
        return [Job(self.of(target), task, self.profile.name) for task in programs(self.case)]


def _wanted(script: Script, seen: Observation) -> str:
    """The whole of what is looked for, in words; empty where nothing was learned."""
    matching = f", with a message that matches {script.wish.matches}" if script.wish.matches else ""
    if script.wish.symptom is Symptom.HANG:
        return "a program that does not end in its time"
    if script.wish.symptom is Symptom.EXIT_CODE:
        return f"the exit code {script.code}" if script.code else ""
    if script.wish.symptom is Symptom.TYPES:
        wrong = [each for each in seen.errors if each.mark in script.marks]
        return "; ".join(f"line {each.line}: {each.code}: {each.message}" for each in wrong)
    if script.learned is None or seen.raised is None:
        return ""
    if script.wish.symptom is Symptom.WARNING:
        return f"the warning {script.learned.name}: {script.learned.message}{matching}"
    line = f", line {script.learned.line}" if script.learned.line else ""
    return f"{script.learned.name} from {script.learned.file}{line}{matching}: {describe(seen.raised)}"
