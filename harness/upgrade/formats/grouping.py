"""The bugs of a comparison as somebody reads them: by what becomes of them, the gravest first, each once."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.catalogue.case import Case, Kind
from harness.upgrade.comparison import Change, Comparison, Finding

# A screen has no room for more.
_GRAVE = 16


@dataclass(frozen=True, slots=True)
class Bug:
    """A case, with those of its programs that say the same of it."""

    findings: tuple[Finding, ...]

    @property
    def case(self) -> Case:
        return self.findings[0].case

    @property
    def is_security(self) -> bool:
        return self.case.kind is Kind.SECURITY

    @property
    def is_used(self) -> bool:
        """Whether the code that was read uses what it is about."""
        return any(each.touch is not None and each.touch.is_used for each in self.findings)

    @property
    def programs(self) -> str:
        return ", ".join(each.check for each in self.findings)


def bugs(comparison: Comparison, change: Change) -> tuple[Bug, ...]:
    """Every bug that has changed like this, of each kind first what somebody's code uses."""
    found: dict[str, list[Finding]] = {}
    for each in comparison.findings:
        if each.change is change:
            found.setdefault(each.case.name, []).append(each)
    return tuple(sorted((Bug(tuple(each)) for each in found.values()), key=_place))


def _place(bug: Bug) -> tuple[int, bool]:
    return bug.case.kind.rank, not bug.is_used


def apart(found: Sequence[Bug], most: int) -> tuple[Sequence[Bug], Sequence[Bug]]:
    """Those that are shown one by one, *most* of them, and the others; where they are more, only security and what
    somebody's code uses is.
    """
    if len(found) <= most:
        return found, ()
    shown = [each for each in found if each.is_security or each.is_used][:_GRAVE]
    return shown, [each for each in found if each not in shown]
