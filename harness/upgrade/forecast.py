"""What the committed evidence lets expect of a release: an order in which to run some, and never a verdict."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.catalogue.case import Case, Kind
from harness.evidence.document import Evidence, Span
from harness.releases.index import Index, parse_version

# How many bugs there are of each kind, the gravest first.
Weight = tuple[int, ...]


def weighed(kinds: Iterable[Kind]) -> Weight:
    """The weight of bugs of these *kinds*: one hole is worse than any number of others."""
    there = list(kinds)
    return tuple(there.count(kind) for kind in sorted(Kind, key=lambda each: each.rank))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be expected of *cases* with *beside* (versions by name) next to a release of *index*.

    Of what no evidence is there, nothing bad is expected: it has to be run to be known.
    """

    cases: Sequence[Case]
    evidence: Mapping[str, Evidence]
    index: Index
    beside: Mapping[str, str]

    def weight(self, release: str) -> Weight:
        """The bugs that *release* is expected to have, or of which it is expected not to be told."""
        return weighed(case.kind for case in self.cases if self._expected(case, release))

    def _expected(self, case: Case, release: str) -> bool:
        known = self.evidence.get(case.name)
        if known is None or self.index.known(release) is None:
            return False
        measured = [
            [span for spans in profile.programs.values() for span in spans if self._covers(span, release)]
            for profile in known.profiles.values()
        ]
        found = [(self._unlike(spans), spans) for spans in measured if spans]
        # Of what is alike under several profiles, the worst is expected: a wide range of versions says little.
        likest = min((unlike for unlike, _ in found), default=0)
        return any(not span.verdict.is_free for unlike, spans in found if unlike == likest for span in spans)

    def _covers(self, span: Span, release: str) -> bool:
        return self.index.place(span.first) <= self.index.place(release) <= self.index.place(span.last)

    def _unlike(self, spans: Sequence[Span]) -> int:
        """How many of the versions that mattered are of another major release than those beside it here."""
        resolved = {name: stated for span in spans for name, stated in span.resolved.items()}
        return sum(
            not _major(stated.split(" to ")[0]) <= _major(self.beside[name]) <= _major(stated.split(" to ")[-1])
            for name, stated in resolved.items()
            if name in self.beside
        )


def _major(version: str) -> int:
    return parse_version(version).major
