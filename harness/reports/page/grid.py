"""The matrix as a table of HTML that needs no script to be read."""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from urllib.parse import quote

from harness.catalogue.case import Case
from harness.releases.index import Release
from harness.reports.page.details import marks
from harness.reports.page.looks import LOOKS
from harness.reports.page.markup import bug, shape
from harness.reports.page.matrix import Line, Matrix, minor


def grid(matrix: Matrix, cases: str) -> Iterator[str]:
    """The lines of the table; *cases* is the way from the page to the folder of the cases."""
    releases = matrix.index.releases
    starts = _starts(releases)
    yield '<table id="matrix" aria-label="Verdict of each bug on each release">'
    years = [(year, len(list(group))) for year, group in groupby(release.uploaded.year for release in releases)]
    yield '<thead><tr class="years">'
    yield '<th class="corner" scope="col" rowspan="2"><span class="unseen">dependencies</span></th>'
    yield "".join(f'<th scope="colgroup" colspan="{count}"><span>{year}</span></th>' for year, count in years)
    yield '</tr><tr class="versions">'
    yield "".join(_column(release, release in starts) for release in releases)
    yield "</tr></thead>"
    for case, lines in matrix.cases:
        yield f'<tbody data-case="{case.name}">'
        yield f'<tr class="case"><th scope="rowgroup" colspan="{len(releases) + 1}">{_title(case, cases)}</th></tr>'
        for line in lines:
            yield f'<tr class="line" data-profile="{line.profile}"><th scope="row">{line.profile}</th>'
            yield f"{''.join(_cells(line, starts))}</tr>"
        yield "</tbody>"
    yield "</table>"


def _starts(releases: tuple[Release, ...]) -> frozenset[Release]:
    """The first release of each minor version."""
    return frozenset(next(group) for _, group in groupby(releases, key=minor))


def _column(release: Release, first: bool) -> str:
    kinds = [
        *(["first"] if first else []),
        *({"pre-release": "pre", "yanked": "yanked"}[each] for each in marks(release)),
    ]
    return f'<th scope="col"{_classes(kinds)} title="{_named(release)}"><span>{release.version}</span></th>'


def _cells(line: Line, starts: frozenset[Release]) -> Iterator[str]:
    for cell in line.cells:
        kinds = ["first"] if cell.release in starts else []
        label = f"{_named(cell.release)}: {LOOKS[cell.verdict].label}"
        yield f'<td{_classes(kinds)} title="{label}">{shape(cell.verdict)}</td>'


def _classes(kinds: list[str]) -> str:
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _named(release: Release) -> str:
    return ", ".join([release.version, f"{release.uploaded:%Y-%m-%d}", *marks(release)])


def _title(case: Case, cases: str) -> str:
    page = escape(quote(f"{cases}/{case.name}/README.md"))
    return f'<div>{bug(case)} <a class="page" href="{page}">case page</a></div>'
