"""What the page shows: a line for each case and profile, on it a cell for each release of the index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from harness.judgement.vocabulary import Verdict
from harness.catalogue.case import Case, Check
from harness.support.errors import UserError
from harness.evidence.document import Document, Interval, intervals, load
from harness.releases.index import Index, Profile, Release, parse_version
from harness.reports.page.looks import LOOKS


@dataclass(frozen=True, slots=True)
class Seen:
    """What one program of a case showed on one release; where it does not tell, it is a control."""

    check: Check
    tells: bool
    verdict: Verdict
    evidence: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What was seen of a case on one release; `resolved` is what its relevant dependencies resolved to.

    `as_of` is the day that `today` was then, where it is not the index's.
    """

    release: Release
    programs: tuple[Seen, ...]
    resolved: Mapping[str, str]
    as_of: str | None = None

    @property
    def telling(self) -> Seen:
        """What the program saw that tells; of two, the one that a reader wants to know of first."""
        return min((seen for seen in self.programs if seen.tells), key=lambda seen: [*LOOKS].index(seen.verdict))

    @property
    def verdict(self) -> Verdict:
        return self.telling.verdict


@dataclass(frozen=True, slots=True)
class Line:
    """A case under one profile: its cells, oldest release first."""

    case: Case
    profile: Profile
    cells: tuple[Cell, ...]

    @property
    def intervals(self) -> tuple[Interval, ...]:
        return intervals((cell.release.version, cell.verdict) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every line of every case; `tools` are the versions of what measured them."""

    index: Index
    lines: tuple[Line, ...]
    tools: Mapping[str, str]

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for line in self.lines for cell in line.cells)

    @property
    def cases(self) -> tuple[tuple[Case, tuple[Line, ...]], ...]:
        """Each case with its lines."""
        return tuple((case, tuple(lines)) for case, lines in groupby(self.lines, key=lambda line: line.case))


def minor(release: Release) -> str:
    """The minor version that *release* belongs to, such as 0.12."""
    version = parse_version(release.version)
    return f"{version.major}.{version.minor}"


def read_matrix(index: Index, cases: Iterable[Case], folder: Path) -> Matrix:
    """Read the evidence of *cases*, which is to cover the whole of *index*.

    Raises:
        UserError: a case has no evidence, or it is damaged, or it is of another day or of other releases.
    """
    lines: list[Line] = []
    tools: dict[str, set[str]] = {}
    for case in sorted(cases, key=lambda case: case.facts.issue):
        path = folder / f"{case.name}.json"
        document = load(path)
        if document is None:
            raise UserError(f"{path}: there is no such file; write it with: nox -s sweep -- --case {case.name}")
        try:
            lines += _lines(case, document, index)
            for name in ("python", "mypy"):
                tools.setdefault(name, set()).add(str(document["tools"][name]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(f"{path}: this is no evidence: {error!r}; write it with: nox -s sweep") from None
    return Matrix(index, tuple(lines), {name: " and ".join(sorted(used)) for name, used in tools.items()})


def _lines(case: Case, document: Document, index: Index) -> Iterator[Line]:
    if (found := document["as_of"]) != (wanted := f"{index.as_of:%Y-%m-%d}"):
        raise ValueError(f"it is as of {found}, evidence/releases.json as of {wanted}")
    for profile in Profile:
        found = document["profiles"][profile]
        releases = [each["release"] for each in found["releases"]]
        _must_cover(index, releases, profile)
        tells = {check: bool(found[check]["tells"]) for check in (Check.REPRO, Check.TYPING)}
        if not any(tells.values()):
            raise ValueError(f"under {profile} no program tells")
        cells = zip(index.releases, found["releases"], strict=True)
        yield Line(case, profile, tuple(_cell(release, row, tells) for release, row in cells))


def _must_cover(index: Index, releases: Sequence[str], profile: Profile) -> None:
    wanted = [release.version for release in index.releases]
    if lacking := [version for version in wanted if version not in releases]:
        raise ValueError(f"under {profile} nothing is said of {', '.join(lacking)}")
    if releases != wanted:
        raise ValueError(f"under {profile} the releases are not those of evidence/releases.json, each once, in order")


def _cell(release: Release, row: Document, tells: Mapping[Check, bool]) -> Cell:
    seen = (Seen(check, tells[check], Verdict(row[check]), _text(row["evidence"][check])) for check in tells)
    resolved = {_text(name): _text(version) for name, version in row["with"].items()}
    return Cell(release, tuple(seen), resolved, _text(row["as_of"]) if "as_of" in row else None)


def _text(value: object) -> str:
    """A string that can be written to a file."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    value.encode()
    return value
