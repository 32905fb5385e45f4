"""A project as an installed package: laid into an environment as its wheel would be, without building one."""

import shutil
import subprocess
import sysconfig
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.support.environments import make_environment, site_packages
from tests.support.projects import SECONDS, Ended, Project


def install(project: Project, place: Path, wheel: Path | None = None) -> Path:
    """Make an environment that has *project*, what it depends on, and *wheel*; the result is its interpreter."""
    interpreter = make_environment(place, [wheel] if wheel else [])
    site = site_packages(interpreter)
    settings = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    mapping = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    for name in mapping["only-include"]:
        shutil.copytree(
            project.root / name, site / mapping["sources"].get(name, name), ignore=shutil.ignore_patterns("__pycache__")
        )
    _describe(site, settings["project"])
    # What it depends on is what the tools have.
    (site / "tools.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return interpreter


def run(project: Project, command: Sequence[str | Path], folder: Path, more: Mapping[str, str] | None = None) -> Ended:
    """Run *command* in *folder*, without an index, with the user's cache of *project*, and with *more* variables."""
    finished = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=project.variables(more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    return Ended(finished.returncode, finished.stdout, finished.stderr)


def _describe(site: Path, project: dict[str, Any]) -> None:
    """Write the metadata by which a package and its entry points are found."""
    folder = site / f"starlette_cases-{project['version']}.dist-info"
    folder.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (folder / "METADATA").write_text(metadata, encoding="utf-8")
    (folder / "INSTALLER").write_text("tests\n", encoding="utf-8")
    groups = {"console_scripts": project["scripts"], **project["entry-points"]}
    lines = [f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in each.items()) for group, each in groups.items()]
    (folder / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
