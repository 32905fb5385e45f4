"""A copy of this checkout to measure in, so that what it has built itself stays as it is."""

import shutil
from pathlib import Path

from harness.support.paths import REPORTS, ROOT


def copy_checkout(folder: Path) -> None:
    """Copy to *folder* what is of the project, without what was built or reported in it."""
    unwanted = shutil.ignore_patterns(".*", "__pycache__")

    def ignored(place: str, names: list[str]) -> set[str]:
        return {*unwanted(place, names), *(name for name in names if Path(place, name) == REPORTS)}

    shutil.copytree(ROOT, folder, ignore=ignored)
