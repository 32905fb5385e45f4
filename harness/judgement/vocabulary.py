"""The closed lists of verdicts and reasons, and a judgement made of them."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What an observation means for a case, in the words of security advisories."""

    AFFECTED = "affected"
    UNAFFECTED = "unaffected"
    NOT_APPLICABLE = "not_applicable"
    INCONCLUSIVE = "inconclusive"
    UNAVAILABLE = "unavailable"
    FLAKY = "flaky"


class Reason(StrEnum):
    """Why a verdict is neither affected nor unaffected: a closed list."""

    # not applicable
    NO_SUCH_NAME = "no_such_name"
    MISSING_PACKAGE = "missing_package"
    NO_SUCH_FEATURE = "no_such_feature"
    NO_TYPES = "no_types"
    # inconclusive
    OTHER_EXCEPTION = "other_exception"
    OTHER_ERRORS = "other_errors"
    VACUOUS = "vacuous"
    EXITED = "exited"
    DIED = "died"
    TIMED_OUT = "timed_out"
    UNREADABLE = "unreadable"
    PRINTED = "printed"
    FORKED = "forked"
    WRONG_STARLETTE = "wrong_starlette"
    CHANGED_ENVIRONMENT = "changed_environment"
    # unavailable
    NO_INTERPRETER = "no_interpreter"
    NO_LOCK = "no_lock"
    HASH_MISMATCH = "hash_mismatch"
    NOT_INSTALLABLE = "not_installable"
    WRONG_RELEASE = "wrong_release"
    # flaky
    DISAGREEING = "disagreeing"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, its reason where it has one, and the evidence in one line."""

    verdict: Verdict
    reason: Reason | None
    evidence: str

    def __post_init__(self) -> None:
        if (self.reason is None) != (self.verdict in (Verdict.AFFECTED, Verdict.UNAFFECTED)):
            raise ValueError(f"{self.verdict} and reason {self.reason} do not fit together")
