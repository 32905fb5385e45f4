"""Finds what brought a bug and what fixed it, from one release that has it."""

from collections.abc import Sequence

from harness.bisection.asking import Asker
from harness.bisection.bisection import Bisection, path
from harness.bisection.search import Answer
from harness.releases.index import parse_version
from harness.support.exits import Exit


def find_both(asker: Asker, bad: str) -> Exit:
    """Search from *bad* to older releases, then to newer ones; the gravest of both ends."""
    index, place = asker.world.index, parse_version(bad)
    finals = [each.version for each in index.releases if each.is_final and not each.yanked]
    older = [each for each in reversed(finals) if parse_version(each) < place]
    newer = [each for each in finals if parse_version(each) > place]
    # Before a feature came there was no bug of it; after it went nobody fixed one.
    asker.absence_is_good = True
    came = _search(asker, bad, older)
    asker.absence_is_good = False
    codes = came, _search(asker, bad, newer)
    return next((code for code in (Exit.DIFFERS, Exit.NOT_OBSERVED) if code in codes), Exit.AS_EXPECTED)


def _search(asker: Asker, bad: str, line: Sequence[str]) -> Exit:
    """Bisect towards the end of *line*, which leads away from *bad*, or towards the nearest release that is good."""
    if not line:
        asker.say(f"{bad} is the last one on this side")
        return Exit.AS_EXPECTED
    steps = [2**n - 1 for n in range(len(line).bit_length())]
    for release in dict.fromkeys([line[-1], *(line[step] for step in steps)]):
        found = asker.ask(release)
        # What it was is said first.
        if found is Answer.GOOD:
            return Bisection(asker, path(asker.world.index, bad, release)).run()
        if found is Answer.BAD and release == line[-1]:
            asker.say(f"{release}, the last one on this side, is affected too")
            return Exit.AS_EXPECTED
        asker.say(asker.about(release))
    asker.say(f"Nothing between {bad} and {line[-1]} could be told to be free of it")
    return Exit.NOT_OBSERVED
