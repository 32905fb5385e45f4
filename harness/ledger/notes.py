"""Reads what the release notes list as fixed, out of the source distribution that ships them."""

import hashlib
import io
import re
import tarfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pypi_simple import PyPISimple

from harness.pinning.releases import UNANSWERED, index_address
from harness.releases.index import Index
from harness.support.errors import UserError

_NOTES = "docs/release-notes.md"
_SECTION = re.compile(r"^#{2,4}\s+(.*?)\s*$")
_RELEASE = re.compile(r"^(\d+(?:\.\w+)+)\b")


@dataclass(frozen=True, slots=True)
class Bullet:
    """One entry under Fixed or Security: its release, its place in the list counted from 1, and what it refers to.

    `fix` is a pull request's number or a commit's hash, empty where it names none.
    """

    release: str
    place: int
    fix: str
    text: str


def read_bullets(notes: str) -> Iterator[Bullet]:
    """Every bullet under a heading that begins with Fix or Secur, newest release first."""
    release, listed, place = "", False, 0
    for line in notes.splitlines():
        if heading := _SECTION.match(line):
            if found := _RELEASE.match(heading[1]):
                release, listed, place = found[1], False, 0
            else:
                listed = bool(re.match(r"(fix|secur)", heading[1], re.IGNORECASE))
        elif listed and release and (bullet := re.match(r"[*-]\s+(.*)", line)):
            place += 1
            yield Bullet(release, place, _fix(bullet[1]), bullet[1])


def _fix(text: str) -> str:
    # The number of a link's text is right where its address is not, and the other way round: the address counts.
    found = re.findall(r"/(?:pull|issues)/(\d+)|/starlette/(\d+)\)|commit/([0-9a-f]{7,40})", text)
    return next(("".join(each) for each in found), "")


def fetch_notes(index: Index, hashes: Collection[str]) -> str:
    """The release notes of the newest release, out of its source distribution, whose hash is to be one of *hashes*.

    Raises:
        UserError: the index does not answer, or with another file than the one that was locked.
    """
    version = index.newest
    try:
        with PyPISimple(index_address()) as client:
            packages = client.get_project_page("starlette").packages
            (sdist,) = [each for each in packages if each.version == version and each.package_type == "sdist"]
            data = client.s.get(sdist.url, timeout=60).content
    except UNANSWERED as error:
        raise UserError(f"the package index does not give the source of Starlette {version}: {error}") from None
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    if digest not in hashes:
        raise UserError(f"the source of Starlette {version} is not the one that was locked: its hash is {digest}")
    return extract(data, version)


def extract(data: bytes, version: str) -> str:
    """The notes in a source distribution; raises UserError where it has none."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            file = archive.extractfile(f"starlette-{version}/{_NOTES}")
            if file is not None:
                return file.read().decode("utf-8")
    except (tarfile.TarError, KeyError, UnicodeDecodeError):
        pass
    raise UserError(f"the source of Starlette {version} has no {_NOTES} that can be read")
