"""Writes the locks: asks the index for its releases, and uv for what each environment resolves to.

The only module that needs the index to answer. What it writes names no address.
"""

import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from packaging.version import Version
from pypi_simple import PYPI_SIMPLE_ENDPOINT, PyPISimple

from harness.catalogue.case import Case
from harness.catalogue.loading import load_catalogue
from harness.environments.locks import BUILD_LOCK, DRIVERS_LOCK, TOOLS_LOCK, environment_lock, locked_names
from harness.environments.needs import Beside
from harness.environments.target import Target
from harness.environments.uv import said, uv
from harness.releases.index import Index, load_index, to_index
from harness.runs.plan import plan
from harness.support.errors import UserError
from harness.support.paths import LOCKS, RELEASES, ROOT
from harness.support.processes import Finished

# The oldest interpreters that the drivers are pinned for, and that environments are.
DRIVERS_PYTHON = "3.8"
ENVIRONMENT_PYTHON = "3.11"
# What Starlette itself depends on: if a driver brought it, that it is missing would not be seen.
_NOT_SUPPLIED = ("anyio", "exceptiongroup", "sniffio", "typing-extensions")
_BUILD_BACKENDS = ("hatchling", "setuptools", "wheel")


def write_locks() -> None:
    """Write `evidence/releases.json` and every lock of the default matrix.

    Raises:
        UserError: the index does not answer, or something cannot be resolved.
    """
    as_of = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    _write_releases(as_of)
    load_index.cache_clear()
    load_catalogue.cache_clear()
    LOCKS.mkdir(parents=True, exist_ok=True)
    cases = load_catalogue()
    _lock(LOCKS / TOOLS_LOCK, _tools(), as_of)
    _lock(LOCKS / BUILD_LOCK, _BUILD_BACKENDS, as_of)
    drivers = sorted({text for case in cases for text in case.facts.environment.drivers})
    omitted: list[str | Path] = [argument for name in _NOT_SUPPLIED for argument in ("--no-emit-package", name)]
    _lock(LOCKS / DRIVERS_LOCK, drivers, as_of, "--python-version", DRIVERS_PYTHON, *omitted)
    wanted = {BUILD_LOCK, DRIVERS_LOCK, TOOLS_LOCK}
    for target in _targets(cases, load_index()):
        path = environment_lock(LOCKS, target.release, target.profile, target.day_of)
        wanted.add(path.name)
        _lock_environment(path, target, cases)
    for stale in [path for path in LOCKS.glob("*.txt") if path.name not in wanted]:
        stale.unlink()


def _targets(cases: Iterable[Case], index: Index) -> Iterator[Target]:
    yield from dict.fromkeys(target for cell in plan(cases) for target, _ in cell.targets(index))


def _lock_environment(path: Path, target: Target, cases: Sequence[Case]) -> None:
    """Pin a release together with all that any case needs; what is optional may have no fitting version."""
    beside = Beside.of(cases)
    cutoff = load_index().cutoff(target.profile, target.day_of)
    late: list[str | Path] = [part for name in locked_names(LOCKS / BUILD_LOCK) for part in _late(name)]
    build = [*late, "--build-constraints", LOCKS / BUILD_LOCK]
    starlette = f"starlette=={target.release}"
    try:
        _lock(path, [starlette, *beside.required, *beside.optional], cutoff, *build)
    except UserError:
        if not beside.optional:
            raise
        print(f"  without {', '.join(beside.optional)}: nothing fits {starlette}")
        _lock(path, [starlette, *beside.required], cutoff, *build)


def _late(name: str) -> tuple[str, str]:
    """A build backend may be newer than the release that it builds."""
    return "--exclude-newer-package", f"{name}={load_index().as_of:%Y-%m-%dT%H:%M:%SZ}"


def _lock(path: Path, requirements: Iterable[str], cutoff: datetime, *options: str | Path) -> None:
    """Resolve for every platform and pin by hash, in a file that names no address."""
    wanted = sorted(requirements)
    source = path.with_suffix(".in")
    source.write_text("".join(f"{each}\n" for each in wanted), encoding="utf-8")
    python = [] if "--python-version" in options else ["--python-version", ENVIRONMENT_PYTHON]
    try:
        finished = _uv(
            *("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate"),
            *("--exclude-newer", f"{cutoff:%Y-%m-%dT%H:%M:%SZ}", *python, *options, source),
        )
    finally:
        source.unlink()
    header = f"# Written by: nox -s lock. What {', '.join(wanted)} resolved to before {cutoff:%Y-%m-%d}.\n"
    path.write_text(header + finished.stdout, encoding="utf-8")
    print(f"{path.relative_to(ROOT)}", flush=True)


def _tools() -> list[str]:
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(document["dependency-groups"]["tools"])


def _write_releases(as_of: datetime) -> None:
    """Write what the index lists; when something was uploaded is asked once, for it never changes."""
    known = {} if not RELEASES.is_file() else {r.version: r.uploaded for r in load_index().releases}
    with PyPISimple(os.environ.get("UV_DEFAULT_INDEX", PYPI_SIMPLE_ENDPOINT)) as client:
        try:
            packages = client.get_project_page("starlette").packages
        except OSError as error:
            raise UserError(f"the package index does not answer: {error}") from None
    yanked: dict[str, bool] = {}
    for package in packages:
        if package.version:
            yanked[package.version] = yanked.get(package.version, True) and package.is_yanked
    rows = [
        {
            "version": version,
            "uploaded": f"{known.get(version) or _uploaded(version):%Y-%m-%dT%H:%M:%SZ}",
            "yanked": gone,
        }
        for version, gone in sorted(yanked.items(), key=lambda item: Version(item[0]))
    ]
    document = {"as_of": f"{as_of:%Y-%m-%dT%H:%M:%SZ}", "releases": rows}
    to_index(document)
    lines = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    RELEASES.parent.mkdir(parents=True, exist_ok=True)
    RELEASES.write_text(f'{{\n  "as_of": "{document["as_of"]}",\n  "releases": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
    print(f"{RELEASES.relative_to(ROOT)}: {len(rows)} releases")


def _uploaded(version: str) -> datetime:
    """When the last file of a release was uploaded, which uv knows and the plain index page does not say."""
    source = RELEASES.with_suffix(".in")
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(f"starlette=={version}\n", encoding="utf-8")
    try:
        finished = _uv("pip", "compile", "--no-deps", "--universal", "--format", "pylock.toml", source)
    finally:
        source.unlink()
    (package,) = tomllib.loads(finished.stdout)["packages"]
    files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    moments: list[datetime] = [file["upload-time"] for file in files if "upload-time" in file]
    if not moments:
        raise UserError(f"the package index does not say when Starlette {version} was uploaded")
    return max(moments)


def _uv(*arguments: str | Path) -> Finished:
    finished = uv(*arguments)
    if finished.code != 0:
        raise UserError(f"uv {arguments[0]} {arguments[1]} failed: {said(finished)}")
    return finished
