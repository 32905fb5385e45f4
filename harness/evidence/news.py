"""What a sweep found out: ranges that are new or have changed, what they end in, and what is not told any more."""

from collections.abc import Iterable, Iterator

from harness.catalogue.case import Case
from harness.evidence.advisories import in_short
from harness.evidence.document import Evidence, Span
from harness.evidence.spans import Interval, spelled
from harness.releases.index import Index, parse_version


def news(case: Case, now: Evidence, before: Evidence | None, index: Index) -> Iterator[str]:
    """A line for whatever of *case* is not as it was *before*, or not as the case says."""
    for name, profile in now.profiles.items():
        known = before.profiles.get(name) if before else None
        for check in now.discriminates:
            where = f"{case.name}: {check} under {name}"
            found = profile.intervals(check)
            if known is None or check not in known.programs:
                yield f"{where}: affected {spelled(found)}, measured for the first time"
            elif found != (was := known.intervals(check)):
                yield f"{where}: affected {spelled(found)}, and was {spelled(was)}"
            if known is not None:
                for line in _untold(profile.programs[check], known.programs.get(check, ()), index):
                    yield f"{where}: {line}"
            for each in found:
                if missing := _unstated(case, each):
                    yield f"{where}: affected {each.spelled}, {missing}"


def _untold(now: Iterable[Span], before: Iterable[Span], index: Index) -> Iterator[str]:
    """Of which releases nothing is told any more; a range that spans them does not show it."""
    was = {release: span.verdict for span in before for release in index.between(span.first, span.last)}
    for span in now:
        if span.verdict.is_told:
            continue
        told = [each for each in index.between(span.first, span.last) if each in was and was[each].is_told]
        if told:
            verdicts = ", ".join(dict.fromkeys(was[each] for each in told))
            yield f"{span.verdict} ({span.reason}) on {in_short(told)}, and was {verdicts}"


def _unstated(case: Case, found: Interval) -> str:
    """What the case does not say of how a range ends, under whichever profile; empty where it does."""
    if found.fixed is None:
        return "" if case.open else "and not fixed: no [[open]] states it"
    fixed = parse_version(found.fixed)
    # A pre-release between the sides of a boundary has no side.
    stated = any(parse_version(each.broken) < fixed <= parse_version(each.fixed) for each in case.boundaries)
    return "" if stated else f"fixed in {found.fixed}: no [[boundaries]] states it"
