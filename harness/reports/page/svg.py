"""The matrix as a picture for a README: compact, in bands, without scripts, for light and dark."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from harness.judgement.vocabulary import Verdict
from harness.reports.page.claims import spelled
from harness.reports.page.looks import LOOKS, PAPER, colours
from harness.reports.page.matrix import Line, Matrix, minor

# In units of the picture, in which a shape is 10 wide.
_CELL, _GAP, _STEP, _CASE = 11, 4, 16, 9
_LEFT, _LABEL, _BAND = 104, 34, 22
_BANDS = 3
_INK = {"light": ("#1f2328", "#59636e"), "dark": ("#f0f6fc", "#9198a1")}
_FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"
# How wide a letter is at most, for what has to fit.
_LETTER = 6.5


def to_svg(matrix: Matrix) -> str:
    """The whole matrix as one SVG document."""
    bands = _bands(matrix)
    width = _LEFT + max(_width(band) for band in bands)
    drawn = [_text(0, 15, _heading(matrix), "ink strong"), _text(0, 33, _READING, "faint")]
    y = 46
    for band in bands:
        drawn += _band(matrix, band, y)
        y += _LABEL + _height(matrix) + _BAND
    drawn += _legend(matrix, y)
    size = f'viewBox="0 0 {width} {y + 14}"'
    head = f'<svg class="picture" xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{_FONT}">'
    said = [f"<title>{escape(_heading(matrix))}</title>", f"<desc>{escape(_description(matrix))}</desc>"]
    return "\n".join([head, *said, f"<style>{_STYLE}</style>", *drawn, "</svg>", ""])


def _heading(matrix: Matrix) -> str:
    bugs, releases = len(matrix.cases), len(matrix.index.releases)
    return f"{bugs} documented bugs, run on {releases} releases of Starlette, as of {matrix.index.as_of:%Y-%m-%d}"


_READING = (
    "A column is a release. Each bug has two lines: with the dependencies of the release's own period, and of today."
)


def _description(matrix: Matrix) -> str:
    said = []
    for line in matrix.lines:
        ranges = ", ".join(spelled(each) for each in line.intervals) or "no release"
        said.append(f"#{line.case.facts.issue} {line.profile}: affected {ranges}.")
    return " ".join(said)


def _scheme(name: str) -> str:
    ink, faint = _INK[name]
    return f".picture{{--ink:{ink};--faint:{faint};--paper:{PAPER[name]};{colours(name)}}}"


_STYLE = (
    _scheme("light")
    + f"@media screen and (prefers-color-scheme:dark){{{_scheme('dark')}}}"
    + ".picture text{font-size:13px}.picture .strong{font-weight:600}.picture .small{font-size:11px}"
    + ".picture .ink{fill:var(--ink)}.picture .faint{fill:var(--faint)}.picture path{fill-rule:evenodd}"
    + "".join(f".picture .{verdict}{{fill:var(--{verdict})}}" for verdict in LOOKS)
)

# The columns of a minor version.
_Group = tuple[str, Sequence[int]]


def _bands(matrix: Matrix) -> tuple[tuple[_Group, ...], ...]:
    """The columns by minor version, in parts of about one width."""
    releases = matrix.index.releases
    columns = groupby(range(len(releases)), key=lambda column: minor(releases[column]))
    groups = [(name, tuple(each)) for name, each in columns]
    bands: list[tuple[_Group, ...]] = []
    for number in range(_BANDS):
        share = _width(groups) / (_BANDS - number)
        cut = min(range(1, len(groups) + 1), key=lambda end: abs(_width(groups[:end]) - share), default=0)
        bands.append(tuple(groups[:cut]))
        groups = groups[cut:]
    return tuple(band for band in bands if band)


def _width(band: Sequence[_Group]) -> int:
    return sum(len(columns) * _CELL + _GAP for _, columns in band)


def _height(matrix: Matrix) -> int:
    return len(matrix.lines) * _STEP + (len(matrix.cases) - 1) * _CASE


def _band(matrix: Matrix, band: Sequence[_Group], y: int) -> Iterator[str]:
    places: dict[int, int] = {}
    x = _LEFT
    for name, columns in band:
        yield _label(name, x, len(columns) * _CELL, y + _LABEL - 7)
        places |= {column: x + number * _CELL for number, column in enumerate(columns)}
        x += len(columns) * _CELL + _GAP
    paths: dict[Verdict, list[str]] = {}
    top = y + _LABEL
    for case, lines in matrix.cases:
        yield _text(0, top + 10, f"#{case.facts.issue}", "ink strong")
        for line in lines:
            yield _text(_LEFT - 48, top + 10, line.profile, "faint")
            _draw(line, places, top, paths)
            top += _STEP
        top += _CASE
    yield from (f'<path class="{verdict}" d="{"".join(paths[verdict])}"/>' for verdict in LOOKS if verdict in paths)


def _draw(line: Line, places: Mapping[int, int], top: int, paths: dict[Verdict, list[str]]) -> None:
    for column, x in places.items():
        verdict = line.cells[column].verdict
        paths.setdefault(verdict, []).append(f"M{x} {top}{LOOKS[verdict].shape}")


def _label(name: str, x: int, width: int, y: int) -> str:
    """The name of a minor version over its columns, upright where they are too few for it."""
    if len(name) * _LETTER <= width:
        return _text(x, y, name, "faint small")
    return f'<text class="faint small" transform="translate({x + 9} {y}) rotate(-90)">{escape(name)}</text>'


def _legend(matrix: Matrix, y: int) -> Iterator[str]:
    present = {cell.verdict for cell in matrix.cells}
    x = _LEFT
    for verdict, look in LOOKS.items():
        if verdict in present:
            yield f'<path class="{verdict}" d="M{x} {y - 9}{look.shape}"/>{_text(x + 16, y, look.label, "ink")}'
            x += 44 + round(len(look.label) * _LETTER)


def _text(x: int, y: int, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'
