"""The closed lists of verdicts and reasons, and a judgement made of them."""

from dataclasses import dataclass
from enum import StrEnum

from harness.environments.model import Obstacle
from harness.judgement.observation import Outcome


class Verdict(StrEnum):
    """What an observation means for a case, in the words of security advisories."""

    AFFECTED = "affected"
    UNAFFECTED = "unaffected"
    NOT_APPLICABLE = "not_applicable"
    INCONCLUSIVE = "inconclusive"
    UNAVAILABLE = "unavailable"
    FLAKY = "flaky"

    @property
    def is_free(self) -> bool:
        """Whether it says that the bug is not there."""
        return self in (Verdict.UNAFFECTED, Verdict.NOT_APPLICABLE)

    @property
    def is_told(self) -> bool:
        """Whether it says of the bug that it is there or that it is not."""
        return self is Verdict.AFFECTED or self.is_free


class Reason(StrEnum):
    """Why a verdict is neither affected nor unaffected: a closed list.

    What is the same as an obstacle or an outcome is spelt where that is.
    """

    # not applicable
    NO_SUCH_NAME = "no_such_name"
    MISSING_PACKAGE = Obstacle.MISSING_PACKAGE.value
    WRONG_PYTHON = Obstacle.WRONG_PYTHON.value
    EXCLUDED = Obstacle.EXCLUDED.value
    NO_SUCH_FEATURE = "no_such_feature"
    NO_TYPES = "no_types"
    # inconclusive
    OTHER_EXCEPTION = "other_exception"
    OTHER_ERRORS = "other_errors"
    VACUOUS = "vacuous"
    EXITED = Outcome.EXITED.value
    DIED = Outcome.DIED.value
    TIMED_OUT = Outcome.TIMED_OUT.value
    UNREADABLE = Outcome.UNREADABLE.value
    PRINTED = "printed"
    FORKED = "forked"
    WRONG_STARLETTE = "wrong_starlette"
    CHANGED_ENVIRONMENT = "changed_environment"
    # unavailable
    NO_INTERPRETER = Obstacle.NO_INTERPRETER.value
    NO_LOCK = Obstacle.NO_LOCK.value
    HASH_MISMATCH = Obstacle.HASH_MISMATCH.value
    UNREACHABLE = Obstacle.UNREACHABLE.value
    NOT_INSTALLABLE = Obstacle.NOT_INSTALLABLE.value
    WRONG_RELEASE = Obstacle.WRONG_RELEASE.value
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
