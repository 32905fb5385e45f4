"""What an environment is made from: everything that there is to say before one is built."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from packaging.requirements import Requirement

from harness.releases.profiles import Cutoff, Profile


@dataclass(frozen=True, slots=True)
class Wanted:
    """Requirements that are resolved together; what is `optional` is left out, one by one, where it does not fit.

    With `overriding`, what any of them demands of Starlette's version counts for nothing.
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    overriding: bool = False

    @classmethod
    def of(cls, required: Iterable[str] = (), optional: Iterable[str] = ()) -> "Wanted":
        """The same requirements written otherwise are the same: `Anyio` is `anyio`, and each counts once."""
        return cls(_normalized(required), _normalized(optional))

    def __bool__(self) -> bool:
        return bool(self.required or self.optional)

    def __str__(self) -> str:
        return ", ".join([*self.required, *(f"{each}?" for each in self.optional)])


def _normalized(requirements: Iterable[str]) -> tuple[str, ...]:
    parsed = [Requirement(text) for text in requirements]
    for each in parsed:
        each.name = each.name.lower().replace("_", "-").replace(".", "-")
    return tuple(sorted({str(each) for each in parsed}))


NOTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Target:
    """An environment to be built.

    `release` of Starlette with what it declares, as of `cutoff` (the moment up to which a distribution counts as
    uploaded) and within the profile's constraints, for an interpreter that `python` admits (a version specifier).
    `layer` is what a case's programs need over that, `drivers` are the programs' own tools.
    """

    release: str
    profile: Profile
    cutoff: datetime
    python: str
    layer: Wanted = NOTHING
    drivers: Wanted = NOTHING

    def __str__(self) -> str:
        return f"{self.release} {self.profile}"

    @property
    def base(self) -> "Target":
        """The same without what a case needs: one environment for all cases."""
        return replace(self, layer=NOTHING, drivers=NOTHING)

    @property
    def name(self) -> str:
        """The base environment in a few words, the same in every run: a lock's entry is called so."""
        if self.profile.cutoff is Cutoff.INDEX:
            return str(self)
        return f"{self} {self.cutoff:%Y-%m-%d}"
