"""Asks the index which releases of Starlette there are."""

import json
import os
import tempfile
import tomllib
from datetime import datetime
from pathlib import Path

from packaging.version import Version
from pypi_simple import PYPI_SIMPLE_ENDPOINT, NoSuchProjectError, PyPISimple, UnsupportedRepoVersionError

from harness.pinning.locks import asked
from harness.releases.index import Index, Release
from harness.support.errors import UserError

# What asking for a project's page raises where there is none, or none that can be read.
UNANSWERED = (OSError, ValueError, NoSuchProjectError, UnsupportedRepoVersionError)


def ask_index(as_of: datetime, known: Index | None) -> Index:
    """What the index lists; when something was uploaded is asked once, for it never changes.

    Raises:
        UserError: the index does not answer, or not with what an index says.
    """
    uploaded = {} if known is None else {each.version: each.uploaded for each in known.releases}
    with PyPISimple(index_address()) as client:
        try:
            packages = client.get_project_page("starlette").packages
        except UNANSWERED as error:
            raise UserError(f"the package index does not answer: {error}") from None
    yanked: dict[str, bool] = {}
    for package in packages:
        if package.version:
            yanked[package.version] = yanked.get(package.version, True) and package.is_yanked
    try:
        return Index(
            as_of,
            tuple(
                Release(version, uploaded.get(version) or _uploaded(version), gone)
                for version, gone in sorted(yanked.items(), key=lambda item: Version(item[0]))
            ),
        )
    except ValueError as error:
        raise UserError(f"the package index says of Starlette what cannot be: {error}") from None


def index_address() -> str:
    """The index that uv is configured for, by the variable's name of today or of before."""
    named = filter(None, map(os.environ.get, ("UV_DEFAULT_INDEX", "UV_INDEX_URL")))
    return next(named, PYPI_SIMPLE_ENDPOINT)


def _uploaded(version: str) -> datetime:
    """When the last file of a release was uploaded, which uv knows and the plain index page does not say."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "wanted.in"
        source.write_text(f"starlette=={version}\n", encoding="utf-8")
        finished = asked("pip", "compile", "--no-deps", "--universal", "--format", "pylock.toml", source)
    (package,) = tomllib.loads(finished.stdout)["packages"]
    files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    moments: list[datetime] = [file["upload-time"] for file in files if "upload-time" in file]
    if not moments:
        raise UserError(f"the package index does not say when Starlette {version} was uploaded")
    return max(moments)


def dump(index: Index) -> str:
    """An index as it is committed."""
    rows = [
        {"version": each.version, "uploaded": f"{each.uploaded:%Y-%m-%dT%H:%M:%SZ}", "yanked": each.yanked}
        for each in index.releases
    ]
    lines = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    return f'{{\n  "as_of": "{index.as_of:%Y-%m-%dT%H:%M:%SZ}",\n  "releases": [\n{lines}\n  ]\n}}\n'
