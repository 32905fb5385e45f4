"""What is installed beside Starlette: what any case needs, so that one environment serves them all."""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.catalogue.case import Case


@dataclass(frozen=True, slots=True)
class Beside:
    """Requirements, each once and in order; what is `optional` is left out where nothing fits."""

    required: tuple[str, ...]
    optional: tuple[str, ...]

    @classmethod
    def of(cls, catalogue: Iterable[Case], *more: str) -> "Beside":
        """What every case of *catalogue* needs, and what is asked for *more*."""
        needs = [case.facts.environment for case in catalogue]
        required = sorted({text for need in needs for text in need.requires} | set(more))
        return cls(tuple(required), tuple(sorted({text for need in needs for text in need.optional})))
