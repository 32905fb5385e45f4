"""A row: one observation with its verdict, as a record holds it."""

from dataclasses import dataclass

from harness.catalogue.case import Check, Kind, Side
from harness.judgement.observation import Engine
from harness.judgement.vocabulary import Reason, Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """One observation with its verdict.

    `label` is what people call the case; `profile` is None for an environment that somebody already had;
    `discriminates` says whether the program is to tell an affected release from others, and is no control;
    `mutant` names the case whose bug had been put back.
    """

    case: str
    issue: int | None
    label: str
    kind: Kind
    check: Check
    engine: Engine
    side: Side | None
    release: str
    profile: str | None
    python: str | None
    expected: Verdict | None
    verdict: Verdict
    reason: Reason | None
    evidence: str
    starlette_file: str | None
    freeze: tuple[str, ...]
    used: tuple[str, ...]
    discriminates: bool
    seconds: float
    mutant: str | None = None

    @property
    def program(self) -> str:
        """What was run, in a word or two."""
        return f"{self.check} types" if self.check is Check.WORKAROUND and self.engine is Engine.STATIC else self.check

    @property
    def differs(self) -> bool:
        """Whether this is not what was expected; where nothing was, whether the bug is there.

        A deliberate change is told, and is not what somebody has to mend.
        """
        if self.expected is None:
            return self.verdict is Verdict.AFFECTED and self.kind is not Kind.BEHAVIOUR
        return self.verdict is not self.expected and not self.unobserved

    @property
    def unobserved(self) -> bool:
        return not self.verdict.is_told

    @property
    def name(self) -> str:
        """What was observed in one word, wherever a word must do: in JUnit, and in pytest's ids."""
        return "-".join(
            filter(None, (self.case, self.program.replace(" ", "-"), self.side, self.release, self.profile))
        )
