"""What every format says of a comparison, in words. None of them ever says more than was run."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from harness.catalogue.case import Check, Kind
from harness.reports.formats.wording import Place, doubtful, few, label, listed, place_of, plain, seen
from harness.reports.printable import printable
from harness.runs.row import Row
from harness.touches.wording import said
from harness.upgrade.comparison import (
    Candidate,
    Change,
    Comparison,
    Conflict,
    Finding,
    Role,
    Side,
    Workaround,
)

CHANGES = {
    Change.FIXED: "fixed by this upgrade",
    Change.INTRODUCED: "introduced by this upgrade",
    Change.STILL_PRESENT: "still present",
    Change.NEVER_PRESENT: "never present",
    Change.UNTOLD: "could not tell",
}
_LOOKED_FOR = "that this suite looked for"
_COUNTED = {
    Change.INTRODUCED: "introduced",
    Change.FIXED: "fixed",
    Change.STILL_PRESENT: "still present",
    Change.NEVER_PRESENT: "never present",
    Change.UNTOLD: "could not be told",
}
_ALIKE = "None of them tells the two sides apart; of whatever else differs between them, that says nothing."


def answer(comparison: Comparison, name: Callable[[Row], str] = label) -> str:
    """What the upgrade does, in one sentence, with each bug called by *name*."""
    if not comparison.findings:
        return "Nothing was compared, so nothing can be said of this upgrade."
    named = {kind: _named(comparison, kind, name) for kind in Change}
    known = _known(comparison)
    move = _move(comparison)
    told = {finding.case.name for finding in comparison.findings if finding.is_told}
    if not told:
        return f"Whether {move[0].lower()}{move[1:]} introduces {_bugs(known, 'any of ')} could not be told."
    doubt = named[Change.UNTOLD]
    none = _bugs(len(told), "none of ", "that could be told" if doubt else _LOOKED_FOR)
    introduced = few(named[Change.INTRODUCED])
    said = [f"introduces {introduced or none}" if introduced or len(told) > 1 else f"does not introduce {none}"]
    said += [f"fixes {few(fixed)}" for fixed in (named[Change.FIXED],) if fixed]
    said += [f"leaves {few(still)} in place" for still in (named[Change.STILL_PRESENT],) if still]
    unsaid = f"; what it does to {few(doubt)} could not be told" if doubt else ""
    return f"{move} {listed(said)}{unsaid}."


def basis(comparison: Comparison) -> str:
    """What the answer rests on: how many bugs were told, how many not and why, and whether any tells the sides apart.

    Also where what was run need not be what the release is. Empty where there is nothing to be counted.
    """
    first: dict[str, Finding] = {}
    for each in comparison.findings:
        first.setdefault(each.case.name, each)
    groups = [(change, [each for each in first.values() if each.change is change]) for change in CHANGES]
    counts = [f"{len(found)} {_COUNTED[change]}{_reasons(found)}" for change, found in groups if found]
    if not counts:
        return ""
    told = [each for each in comparison.findings if each.is_told]
    built = [each for each in (comparison.before, comparison.after) if each.python and each.doubt]
    same = told and not any(each.change in (Change.FIXED, Change.INTRODUCED) for each in told)
    said = [f"Of {_bugs(_known(comparison))}: {', '.join(counts)}.", *([_ALIKE] if same else [])]
    return " ".join([*said, *(doubtful(each.pins.source, each.release, each.doubt) for each in built)])


def where(comparison: Comparison, name: Callable[[Row], str] = label) -> tuple[str, ...]:
    """Which release to go to, in sentences; none where none was looked for."""
    best, allowed = comparison.candidate(Role.BEST), comparison.candidate(Role.BEST_ALLOWED)
    if best is None:
        return ()
    run = f"{len(comparison.tried)} {'release was' if len(comparison.tried) == 1 else 'releases were'} run"
    if not best.is_there:
        return (f"No release could be installed with what is pinned beside it; {run}.",)
    said = [f"The best release to go to is {best.release}, where {_left(best, name)}."]
    if best is allowed:
        said = [
            f"The best release to go to, which what is pinned beside it allows, is {best.release}: {_left(best, name)}."
        ]
    elif allowed:
        said.append(
            f"The best that what is pinned beside it allows is {allowed.release}, where {_left(allowed, name)}."
        )
    else:
        said.append("What is pinned beside it allows no release that was run.")
    newest, at_all = comparison.candidate(Role.NEWEST_ALLOWED), comparison.candidate(Role.NEWEST)
    if at_all:
        within = f"The newest that what is pinned beside it allows is {newest.release}, the" if newest else "The"
        said.append(f"{within} newest at all is {at_all.release}.")
    return (*said, f"{run}: those of which the evidence expects the least, of equal ones the nearest first.")


PLAN = ("release", "why", "introduced", "fixed", "left", "not told", "pinned beside it")


def plan(comparison: Comparison) -> list[tuple[str, ...]]:
    """A row for each release that one may go to, under the headings of `PLAN`: how many bugs, and of these security."""
    changes = (Change.INTRODUCED, Change.FIXED, Change.STILL_PRESENT, Change.UNTOLD)
    return [
        (
            each.release,
            ", ".join(each.roles),
            *(_count(each, change) for change in changes),
            _verdict_of_pins(each),
        )
        for each in comparison.candidates
    ]


def _verdict_of_pins(candidate: Candidate) -> str:
    """What the pins beside Starlette say of a release."""
    if candidate.refused:
        return f"refused by {few([f'{each.name} {each.version}' for each in candidate.refused])}"
    return "allows it" if candidate.is_there else "could not be installed"


def _count(candidate: Candidate, change: Change) -> str:
    cases = {each.case.name: each.case for each in candidate.findings if each.change is change}
    holes = sum(case.kind is Kind.SECURITY for case in cases.values())
    return f"{len(cases)} ({holes} security)" if holes else str(len(cases))


def _left(candidate: Candidate, name: Callable[[Row], str]) -> str:
    """Which bugs are there on a release that was run, and which could not be told."""
    there = [each for each in candidate.findings if each.is_there]
    grave = sorted(there, key=lambda each: each.case.kind.rank)
    names = list(dict.fromkeys(name(each.after) for each in grave))
    looked = len({each.case.name for each in candidate.findings})
    told = f"{few(names)} {'is' if len(names) == 1 else 'are'} there" if names else f"none of {_bugs(looked)} was seen"
    untold = len({each.case.name for each in candidate.findings if not each.is_told})
    return f"{told} and {untold} could not be told" if untold else told


def workaround(found: Workaround) -> str:
    """What running a workaround showed, in one line."""
    what = "works" if found.works else f"could not be shown to work ({seen(found.row)})"
    file = place_of(found.case.program(Check.WORKAROUND), 1, Path.cwd()).file
    return plain(f"{found.case.label} on {found.row.release}: {file} {what}")


def conflict(found: Conflict) -> str:
    """What does not allow the upgrade, and why."""
    return f"{found.name} {found.version}: {found.reason}"


def unchecked(comparison: Comparison) -> str | None:
    """What was left out of the search for conflicts, and why, in one line; None where nothing was."""
    reasons: dict[str, list[str]] = {}
    for each in comparison.unchecked:
        reasons.setdefault(each.reason, []).append(f"{each.name} {each.version}".rstrip())
    return "; ".join(f"{few(names)}: {reason}" for reason, names in reasons.items()) or None


def _reasons(found: Iterable[Finding]) -> str:
    """Why some of *found* could not be told, or have nothing to be affected after the upgrade, counted."""
    rows = [each.before if each.before.unobserved else each.after for each in found]
    counted = Counter(f"{row.verdict}, {row.reason}" for row in rows if row.reason).most_common()
    return f" ({'; '.join(f'{count} {why}' for why, count in counted)})" if counted else ""


def doubts(finding: Finding) -> tuple[str, ...]:
    """On which side a finding could not be told, and for which reason."""
    sides = (("before", finding.before), ("after", finding.after))
    return tuple(f"{name}: {row.verdict}, {row.reason}" for name, row in sides if row.unobserved)


def heading(change: Change) -> str:
    """What stands above the bugs that have changed like this."""
    return CHANGES[change].capitalize()


def change(finding: Finding) -> str:
    """What becomes of a bug, in words."""
    why = f" ({'; '.join(doubts(finding))})" if finding.change is Change.UNTOLD else ""
    return f"{CHANGES[finding.change]}{why}"


def evidence(finding: Finding) -> str:
    """What both sides showed, in one line."""
    return plain(f"before {seen(finding.before)}; after {seen(finding.after)}")


def told(finding: Finding) -> str:
    """`evidence`, and what the user's code has to do with it, where that was read."""
    return "; ".join(filter(None, (evidence(finding), said(finding.touch, Path.cwd()))))


def ran_on(side: Side) -> str:
    """What one side was, in one line."""
    built = f"Python {side.python}" if side.python else f"could not be built: {printable(side.doubt)}"
    return plain(f"{side.pins.source}: Starlette {side.release}, {built}")


def place(comparison: Comparison, here: Path) -> Place | None:
    """Where Starlette is pinned: in the file upgraded to, else in the one from which; None where neither is a file."""
    pins = [side.pins for side in (comparison.after, comparison.before) if side.pins.file]
    if not pins:
        return None
    # Where only Starlette was changed, and in thought, the file states the new release nowhere, and the old one here.
    line = next((each.starlette.line for each in pins if each.file == pins[0].file and each.starlette.line), 1)
    return place_of(pins[0].file or Path(), line, here)


def _move(comparison: Comparison) -> str:
    before, after = comparison.before.release, comparison.after.release
    return (
        f"Going from Starlette {before} to {after}" if before != after else f"This change, with Starlette {after} kept,"
    )


def _known(comparison: Comparison) -> int:
    return len({finding.case.name for finding in comparison.findings})


def _bugs(count: int, some_of: str = "", which: str = _LOOKED_FOR) -> str:
    return f"the one bug {which}" if count == 1 else f"{some_of}the {count} bugs {which}"


def _named(comparison: Comparison, kind: Change, name: Callable[[Row], str]) -> list[str]:
    """The bugs that have changed like this; with the program where another one of the same bug says otherwise."""
    changes: dict[str, set[Change]] = {}
    for each in comparison.findings:
        changes.setdefault(each.case.name, set()).add(each.change)
    return list(
        dict.fromkeys(
            name(each.after)
            + (f" ({each.check})" if len(changes[each.case.name]) > 1 else "")
            + (" (waived)" if each.waived else "")
            for each in comparison.findings
            if each.change is kind
        )
    )
