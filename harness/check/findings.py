"""What was found in an environment: the gravest first, what is accepted beside its waiver. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from harness.catalogue.case import Case, Kind
from harness.environments.model import Environment
from harness.evidence.document import Evidence
from harness.judgement.vocabulary import Verdict
from harness.runs.row import Row
from harness.support.exits import Exit
from harness.touches.match import Touch
from harness.waivers.waiver import Waiver


@dataclass(frozen=True, slots=True)
class Finding:
    """What one telling program of a case showed, and what the user's code has to do with it, where that was read."""

    case: Case
    row: Row
    waiver: Waiver | None = None
    touch: Touch | None = None

    @property
    def is_there(self) -> bool:
        return self.row.verdict is Verdict.AFFECTED

    @property
    def is_told(self) -> bool:
        return not self.row.unobserved

    def fails(self, *, strict: bool) -> bool:
        """Whether the check is not to pass for it. A deliberate change is told, and counts only where *strict*."""
        return self.is_there and not self.waiver and (strict or self.case.kind is not Kind.BEHAVIOUR)


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that the command found out; what is written is written from this alone.

    `named` is the environment as the user named it, `checksum` of its Starlette as `inspection.checksum` has it,
    `moment` that of the run; `measured` is the committed evidence, and `author` who vouches for a statement about it.
    """

    named: str
    environment: Environment
    checksum: str
    findings: tuple[Finding, ...]
    moment: datetime
    measured: Mapping[str, Evidence]
    author: str

    @property
    def as_of(self) -> date:
        """The day of the run."""
        return self.moment.date()

    @property
    def there(self) -> tuple[Finding, ...]:
        """What is there, of each kind first what somebody's code uses."""
        there = (each for each in self.findings if each.is_there)
        return tuple(sorted(there, key=lambda each: (each.case.kind.rank, not (each.touch and each.touch.is_used))))

    @property
    def untold(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if not each.is_told)


def findings(cases: Iterable[Case], rows: Iterable[Row]) -> tuple[Finding, ...]:
    """What *rows* show, in the order in which a reader wants it: what is there, by its kind, then what is not known."""
    by_name: Mapping[str, Case] = {case.name: case for case in cases}
    return tuple(sorted((Finding(by_name[row.case], row) for row in rows), key=_gravity))


def _gravity(finding: Finding) -> tuple[bool, bool, int, str]:
    return not finding.is_there, finding.is_told, finding.case.kind.rank, finding.case.name


def exit_code(checked: Checked, *, strict: bool) -> Exit:
    """How the command ends. Nothing observed is no success."""
    if any(each.fails(strict=strict) for each in checked.findings):
        return Exit.DIFFERS
    return Exit.NOT_OBSERVED if checked.untold or not checked.findings else Exit.AS_EXPECTED
