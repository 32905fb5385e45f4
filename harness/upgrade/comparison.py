"""What an upgrade changes: a total comparison of two verdicts, and of two sets of versions. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from harness.catalogue.case import Case, Check, Kind
from harness.judgement.vocabulary import Verdict
from harness.runs.row import Row
from harness.support.exits import Exit
from harness.touches.match import Touch
from harness.upgrade.pins import NotChecked, Pins
from harness.waivers.waiver import Waiver, apply


class Change(StrEnum):
    """What becomes of one bug."""

    FIXED = "fixed"
    INTRODUCED = "introduced"
    STILL_PRESENT = "still_present"
    NEVER_PRESENT = "never_present"
    UNTOLD = "could_not_tell"


def change(before: Verdict, after: Verdict) -> Change:
    """Compare two verdicts of one program. What could not be observed on either side cannot be told."""
    if not (before.is_told and after.is_told):
        return Change.UNTOLD
    if before.is_free:
        return Change.INTRODUCED if after is Verdict.AFFECTED else Change.NEVER_PRESENT
    return Change.STILL_PRESENT if after is Verdict.AFFECTED else Change.FIXED


# What there is to be waived.
PRESENT = (Change.INTRODUCED, Change.STILL_PRESENT)
# The order in which findings are told: what is new first, and of each the gravest. What was never there is a number.
SHOWN = (Change.INTRODUCED, Change.STILL_PRESENT, Change.UNTOLD, Change.FIXED)
_TOLD_FIRST = (*SHOWN, Change.NEVER_PRESENT)


@dataclass(frozen=True, slots=True)
class Finding:
    """One telling program of a case on both sides, and what the user's code has to do with it, where that was read."""

    case: Case
    before: Row
    after: Row
    waiver: Waiver | None = None
    touch: Touch | None = None

    @property
    def check(self) -> Check:
        return self.after.check

    @property
    def change(self) -> Change:
        return change(self.before.verdict, self.after.verdict)

    @property
    def is_there(self) -> bool:
        """Whether there is something to be waived."""
        return self.change in PRESENT

    @property
    def is_told(self) -> bool:
        return self.change is not Change.UNTOLD

    @property
    def waived(self) -> Waiver | None:
        """The waiver, where there is something to be waived."""
        return self.waiver if self.is_there else None

    def fails(self, *, strict: bool) -> bool:
        """Whether the upgrade is not to go through for it; for a deliberate change only where *strict*."""
        return not self.waived and self.change in PRESENT and (strict or self._is_new_bug)

    @property
    def _is_new_bug(self) -> bool:
        return self.change is Change.INTRODUCED and self.case.kind is not Kind.BEHAVIOUR


@dataclass(frozen=True, slots=True)
class Step:
    """A distribution whose version differs; None on the side that does not have it."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A distribution pinned beside Starlette that does not allow the target, in the resolver's words, in one line."""

    name: str
    version: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What does not allow a release, as far as that was looked for; `unchecked` is what it was not looked for in."""

    conflicts: tuple[Conflict, ...] = ()
    unchecked: tuple[NotChecked, ...] = ()


class Role(StrEnum):
    """Why a release is among those that one may go to."""

    TARGET = "asked for"
    BEST_ALLOWED = "best that the pins allow"
    BEST = "best"
    NEWEST_ALLOWED = "newest that the pins allow"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release that one may go to, run with what is beside it; its `findings` are told as those of the upgrade.

    `refused` is what is pinned beside it and does not allow it, and `unchecked` of what that is not known.
    """

    release: str
    roles: tuple[Role, ...]
    findings: tuple[Finding, ...]
    refused: tuple[Conflict, ...] = ()
    unchecked: tuple[NotChecked, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether it could be run at all."""
        return not all(each.after.verdict is Verdict.UNAVAILABLE for each in self.findings)


@dataclass(frozen=True, slots=True)
class Workaround:
    """A case's workaround, run on the side that the upgrade leads to: the row says what it showed."""

    case: Case
    row: Row

    @property
    def works(self) -> bool:
        return self.row.verdict is Verdict.UNAFFECTED


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the upgrade: what was asked for, what was installed and run, and on which Python.

    `python` is None and `freeze` empty where nothing could be built; `doubt` then says why, else it is as `Environment`
    has it.
    """

    pins: Pins
    release: str
    python: str | None
    freeze: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the command found out; what is written is written from this alone."""

    before: Side
    after: Side
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]
    as_of: date
    candidates: tuple[Candidate, ...] = ()
    tried: tuple[str, ...] = ()
    workarounds: tuple[Workaround, ...] = ()
    unchecked: tuple[NotChecked, ...] = ()

    def with_waivers(self, waivers: Sequence[Waiver]) -> "Comparison":
        """The same, each bug that is there with its waiver, on every release."""
        candidates = tuple(replace(each, findings=apply(each.findings, waivers)) for each in self.candidates)
        return replace(self, findings=apply(self.findings, waivers), candidates=candidates)

    def candidate(self, role: Role) -> Candidate | None:
        """The release of that role; None where none was looked for or found."""
        return next((each for each in self.candidates if role in each.roles), None)


def findings(cases: Mapping[str, Case], before: Iterable[Row], after: Iterable[Row]) -> tuple[Finding, ...]:
    """Pair the telling programs of both sides, in the order in which they are told."""
    there = {(row.case, row.check): row for row in after}
    paired = (Finding(cases[row.case], row, there[row.case, row.check]) for row in before if row.discriminates)
    return tuple(sorted(paired, key=_place))


def _place(finding: Finding) -> tuple[int, int]:
    return _TOLD_FIRST.index(finding.change), finding.case.kind.rank


def exit_code(comparison: Comparison, *, strict: bool) -> Exit:
    """How the command ends. Nothing compared is no success."""
    if any(finding.fails(strict=strict) for finding in comparison.findings):
        return Exit.DIFFERS
    if not comparison.findings or any(finding.change is Change.UNTOLD for finding in comparison.findings):
        return Exit.NOT_OBSERVED
    return Exit.AS_EXPECTED


def steps(before: Iterable[str], after: Iterable[str]) -> tuple[Step, ...]:
    """What differs between two freezes of `name==version`."""
    old, new = (dict(pin.split("==", 1) for pin in freeze) for freeze in (before, after))
    names = sorted(old.keys() | new.keys())
    return tuple(Step(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))
