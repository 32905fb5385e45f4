"""Which lock pins what. Writing them is `harness.pinning.locks`; what installs only reads."""

import re
from pathlib import Path

from packaging.requirements import Requirement

from harness.releases.index import Profile, load_index

BUILD_LOCK = "build.txt"
DRIVERS_LOCK = "drivers.txt"
TOOLS_LOCK = "tools.txt"


def environment_lock(locks: Path, release: str, profile: Profile, day_of: str) -> Path:
    """The lock of *release* with what was on the index at the cutoff of *profile* for *day_of*."""
    day = load_index().cutoff(profile, day_of)
    return locks / f"starlette-{release}-before-{day:%Y-%m-%d}.txt"


def locked_names(lock: Path) -> tuple[str, ...]:
    """What *lock* pins, without the versions."""
    return tuple(re.findall(r"^([a-z0-9-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE))


def locked_versions(lock: Path, python: str) -> dict[str, str]:
    """What *lock* pins for the Python of minor version *python*."""
    wanted = {"python_full_version": f"{python}.0", "python_version": python}
    lines = re.findall(r"^([a-z].*?)(?: \\)?$", lock.read_text(encoding="utf-8"), re.MULTILINE)
    found = [Requirement(line) for line in lines]
    return {
        each.name: str(each.specifier).removeprefix("==")
        for each in found
        if each.marker is None or each.marker.evaluate(wanted)
    }
