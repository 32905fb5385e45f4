"""What a sweep found out: ranges that are new or have changed, and ends of them that the case does not state."""

from collections.abc import Iterator

from harness.catalogue.case import Case
from harness.evidence.document import Evidence
from harness.evidence.spans import Interval, spelled
from harness.releases.index import parse_version


def news(case: Case, now: Evidence, before: Evidence | None) -> Iterator[str]:
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
            for each in found:
                if missing := _unstated(case, each):
                    yield f"{where}: affected {each.spelled}, {missing}"


def _unstated(case: Case, found: Interval) -> str:
    """What the case does not say of how a range ends, under whichever profile; empty where it does."""
    if found.fixed is None:
        return "" if case.open else "and not fixed: no [[open]] states it"
    fixed = parse_version(found.fixed)
    # A pre-release between the sides of a boundary has no side.
    stated = any(parse_version(each.broken) < fixed <= parse_version(each.fixed) for each in case.boundaries)
    return "" if stated else f"fixed in {found.fixed}: no [[boundaries]] states it"
