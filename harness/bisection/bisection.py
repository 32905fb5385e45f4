"""Bisection: asks in log steps which releases have a bug, and says between which of them it came or went.

What there is to say goes to a function, line by line: this module shows nothing itself.
"""

from collections.abc import Collection, Sequence

from harness.bisection.asking import Asker, lacks
from harness.bisection.judging import advice
from harness.bisection.script import Script
from harness.bisection.search import Answer, Search
from harness.catalogue.case import Boundary
from harness.releases.index import Index, parse_version
from harness.support.exits import Exit
from harness.sweep.sweep import REPETITIONS


def path(index: Index, bad: str, good: str, *, everything: bool = False) -> tuple[str, ...]:
    """The releases from *bad* to *good*: both, and between them the final ones that were not taken back.

    With *everything*, those that were, and pre-releases too.
    """
    first, last = sorted(map(parse_version, (bad, good)))
    between = [
        release.version
        for release in index.releases
        if first < parse_version(release.version) < last and (everything or (release.is_final and not release.yanked))
    ]
    return (bad, *(between if parse_version(bad) == first else reversed(between)), good)


class Bisection:
    """Searches *releases*, which lead from one said to be bad to one said to be good."""

    def __init__(self, asker: Asker, releases: Sequence[str]) -> None:
        self.asker = asker
        self.ends = releases[0], releases[-1]
        self.search = self._searched(releases)

    def run(self) -> Exit:
        """Test both ends, search between them, and say what was found."""
        for release in self.ends:
            if release in self.asker.rows:
                self.asker.say(self.asker.about(release))
        self._narrow()
        if self.search.wrong_ends:
            return self._refuse_ends()
        # Few install what was taken back or came before its time, so only what is next to the change is asked.
        self.finals = self.last_bad, self.first_good
        self.search = self._searched(path(self.asker.world.index, *self.finals, everything=True))
        self._narrow()
        return self._conclude()

    @property
    def last_bad(self) -> str:
        return self.releases[self.search.last_bad]

    @property
    def first_good(self) -> str:
        return self.releases[self.search.first_good]

    def _searched(self, releases: Sequence[str]) -> Search:
        """A search over *releases*, of which those count that were asked already."""
        self.releases = releases
        known = {place: self.asker.ask(each) for place, each in enumerate(releases) if each in self.asker.rows}
        return Search(len(releases), known)

    def _narrow(self) -> None:
        while (place := self.search.next) is not None:
            release = self.releases[place]
            self.search = self.search.told(place, self.asker.ask(release))
            self.asker.say(f"{self.asker.about(release)} (at most {self.search.left} to go)")

    def _refuse_ends(self) -> Exit:
        """Nothing can be searched between ends that do not differ."""
        differs = False
        for end in self.search.wrong_ends:
            release, said, found = self.releases[end], self.search.ends[end], self.search.answers[end]
            differs = differs or found is not Answer.SKIP
            what = self._why_skipped(release) if found is Answer.SKIP else f"and it is {found}"
            self.asker.say(f"{release} was taken for {said}, {what}")
        return Exit.DIFFERS if differs else Exit.NOT_OBSERVED

    def _why_skipped(self, release: str) -> str:
        reasons = {row.reason for row in self.asker.rows[release]}
        reason = next(iter(reasons - {None}), None)
        lacking = all(map(lacks, self.asker.rows[release]))
        what = "which has no such feature" if lacking else "which cannot be told"
        return f"{what}; {advice(reason, self.asker.seen[release])}"

    def _conclude(self) -> Exit:
        bad, good = self.search.last_bad, self.search.first_good
        hidden = range(bad + 1, good)
        steady = self._repeat((self.last_bad, self.first_good))
        self.asker.say("")
        self.asker.say(f"{self.asker.name}: {self._change(self.last_bad, self.first_good, hidden)}")
        for place in hidden:
            self.asker.say(f"  {self.asker.about(self.releases[place])}")
        self.asker.say(f"{len(self.asker.rows)} releases were tested")
        if hidden and isinstance(case := self.asker.case, Script) and case.wish.requires and not case.wish.override:
            self.asker.say("What is required may demand another Starlette: --override installs it nevertheless")
        self._tell_messages()
        differs = self._compare(exact=not hidden)
        return Exit.DIFFERS if differs else Exit.NOT_OBSERVED if hidden or not steady else Exit.AS_EXPECTED

    def _repeat(self, releases: Collection[str]) -> bool:
        """Whether the neighbours of the change say the same each time."""
        steady = True
        for release in releases:
            before = self.asker.ask(release)
            if self.asker.ask(release, REPETITIONS) is not before:
                steady = False
                about = self.asker.about(release)
                self.asker.say(f"{about}: the answer hangs on this release, and it is not always the same")
        return steady

    def _change(self, bad: str, good: str, hidden: Collection[int]) -> str:
        came = parse_version(good) < parse_version(bad)
        if hidden:
            what, older, newer = ("came", good, bad) if came else ("went", bad, good)
            return f"It {what} after {older} and by {newer}; what lies between cannot be told"
        absent = all(map(lacks, self.asker.rows[good]))
        bad, good = self._named(bad), self._named(good)
        if absent:
            return f"{good} has no such feature, and {bad} is the {'first' if came else 'last'} affected"
        if came:
            return f"{good} is the last that is not affected, {bad} the first affected"
        return f"{bad} is the last affected, {good} the first that is not"

    def _named(self, release: str) -> str:
        """A release, and what is special about it."""
        known = self.asker.world.index[release]
        special = "yanked" if known.yanked else "" if known.is_final else "a pre-release"
        return f"{release} ({special})" if special else release

    def _tell_messages(self) -> None:
        """Failures that differ in nothing but what they say may be two bugs."""
        found = self.asker.failures()
        if len(found) > 1:
            listed = "; ".join(f"{release}: {message}" for message, release in list(found.items())[:4])
            self.asker.say(f"What is looked for had several messages, so tell two bugs apart with --matches: {listed}")

    def _compare(self, *, exact: bool) -> bool:
        """Say whether the case states what was found; whether it states something else."""
        stated = [each for each in self.asker.case.boundaries if self._spans(each)]
        if not stated:
            return False
        words = ", ".join(f"{each.broken} and {each.fixed}" for each in stated)
        agrees = "agrees with" if exact else "leaves room for"
        within = any(self._allows(each) for each in stated)
        self.asker.say(f"This {agrees if within else 'contradicts'} case.toml, which states {words}")
        return not within

    def _allows(self, boundary: Boundary) -> bool:
        """Whether *boundary* lies within what was found, and neither of its sides was found to be the other."""
        bad, good = map(parse_version, self.finals)
        broken, fixed = parse_version(boundary.broken), parse_version(boundary.fixed)
        found = {self.releases[place]: each for place, each in self.search.answers.items()}
        opposite = found.get(boundary.broken) is Answer.GOOD or found.get(boundary.fixed) is Answer.BAD
        return bad <= broken and fixed <= good and not opposite

    def _spans(self, boundary: Boundary) -> bool:
        """Whether *boundary* lies where a fix was searched."""
        first, last = map(parse_version, self.ends)
        return boundary.profile == self.asker.profile.name and (
            first <= parse_version(boundary.broken) and parse_version(boundary.fixed) <= last
        )
