"""What an environment is made from."""

from dataclasses import dataclass

from harness.releases.index import Profile


@dataclass(frozen=True, slots=True)
class Target:
    """An environment to be built: a release, with dependencies as of the day of *day_of*."""

    release: str
    profile: Profile
    day_of: str
