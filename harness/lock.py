"""Which lock pins what. Writing them is `harness.locking`; what installs only reads."""

from pathlib import Path

from harness.index import Profile, load_index

BUILD_LOCK = "build.txt"
DRIVERS_LOCK = "drivers.txt"
TOOLS_LOCK = "tools.txt"


def environment_lock(locks: Path, release: str, profile: Profile, day_of: str) -> Path:
    """The lock of *release* with what was on the index at the cutoff of *profile* for *day_of*."""
    day = load_index().cutoff(profile, day_of)
    return locks / f"starlette-{release}-before-{day:%Y-%m-%d}.txt"
