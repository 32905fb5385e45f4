"""What every format says of an environment, in words. None of them ever says more than was run."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from pathlib import Path

from harness.catalogue.case import Case, Kind
from harness.check.findings import Checked, Finding
from harness.reports.formats.wording import doubtful, listed, plain
from harness.touches.wording import said

# How many are named of each kind.
_NAMED = 5
_KINDS = {
    Kind.SECURITY: ("security hole", "security holes"),
    Kind.BUG: ("bug", "bugs"),
    Kind.BEHAVIOUR: ("deliberate change", "deliberate changes"),
}


def answer(checked: Checked, name: Callable[[Case], str] = attrgetter("label")) -> str:
    """What the environment has, in one sentence, with each case called by *name*; and where the release need not."""
    environment = checked.environment
    more = doubtful(checked.named, environment.release, environment.doubt) if environment.doubt else ""
    return " ".join(filter(None, (_answer(checked, name), more)))


def _answer(checked: Checked, name: Callable[[Case], str]) -> str:
    here = f"Starlette {checked.environment.release}, as installed in {plain(checked.named)},"
    looked, there, untold = (_cases(found) for found in (checked.findings, checked.there, checked.untold))
    if not looked:
        return "Nothing was observed."
    free = [case for case in looked if case not in untold]
    if not free:
        what = name(looked[0]) if len(looked) == 1 else f"any of the {len(looked)} that were looked for"
        return f"Whether {here} has {what} could not be told."
    doubt = f" Whether it has {_some(untold, name)} could not be told." if untold else ""
    if not there and len(free) == 1:
        return f"{here} does not have {name(free[0])}.{doubt}"
    if not there:
        return f"{here} has none of the {len(free)} bugs that could be told.{doubt}"
    return f"{here} has {_counted(there, name)}, of {len(looked)} that were looked for.{doubt}"


def becomes(finding: Finding) -> str:
    """What the program showed in a word or two, and until when that is accepted."""
    waiver = finding.waiver
    waived = f", waived until {waiver.expires}: {plain(waiver.reason)}" if waiver else ""
    return f"{finding.row.verdict}{waived}"


def evidence(finding: Finding) -> str:
    """Which program it was, and what it showed beside its verdict, in one line."""
    row = finding.row
    return plain(": ".join(filter(None, (row.program, row.reason, row.evidence))))


def told(finding: Finding) -> str:
    """`evidence`, and what the user's code has to do with it, where that was read."""
    return "; ".join(filter(None, (evidence(finding), said(finding.touch, Path.cwd()))))


def _cases(found: Sequence[Finding]) -> list[Case]:
    return list({each.case.name: each.case for each in found}.values())


def _some(cases: Sequence[Case], name: Callable[[Case], str]) -> str:
    """The first of *cases* by what they are called, and how many more there are; two may go by one number."""
    names = list(dict.fromkeys(name(case) for case in cases))
    if len(names) <= _NAMED:
        return listed(names)
    shown = names[:_NAMED]
    return listed([*shown, f"{sum(name(case) not in shown for case in cases)} more"])


def _counted(cases: Sequence[Case], name: Callable[[Case], str]) -> str:
    """How many of each kind, and which."""
    own = {kind: [case for case in cases if case.kind is kind] for kind in _KINDS}
    return listed(
        [f"{len(each)} {_KINDS[kind][len(each) > 1]} ({_some(each, name)})" for kind, each in own.items() if each]
    )
