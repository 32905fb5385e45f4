"""The picture for the README: how many of the cases each release has, with the dependencies of two profiles."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from harness.catalogue.case import Case, Kind
from harness.evidence.document import Evidence
from harness.releases.index import Index, parse_version
from harness.releases.profiles import PERIOD, TODAY
from harness.reports.site.strips import counts, strips

_STEP, _LEFT, _HEIGHT, _TOP = 4, 40, 130, 46
_INK = {"light": ("#1f2328", "#59636e", "#b93a12", "#8a1c4a"), "dark": ("#f0f6fc", "#9198a1", "#ff8a63", "#f2a0c0")}


def to_svg(found: Mapping[Case, Evidence], index: Index) -> str:
    """One SVG document: a band for each of the two profiles, a column for each release."""
    columns = len(index.releases)
    width = _LEFT + columns * _STEP + 10
    heading = f"{len(found)} cases, run on {columns} releases of Starlette, as of {index.as_of:%Y-%m-%d}"
    drawn = [_text(0, 15, heading, "ink strong"), _text(0, 33, _READING, "faint")]
    y = _TOP
    for name in (PERIOD, TODAY):
        drawn += _band(name, _totals(found, index, name), index, y)
        y += _HEIGHT + 44
    size = f'viewBox="0 0 {width} {y}"'
    head = f'<svg class="picture" xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="sans-serif">'
    return "\n".join([head, f"<title>{escape(heading)}</title>", f"<style>{_STYLE}</style>", *drawn, "</svg>", ""])


_READING = "A column is a release; its height is the number of bugs that it has, security below."


def _totals(found: Mapping[Case, Evidence], index: Index, profile: str) -> tuple[list[int], list[int]]:
    """How many bugs, and how many of them holes, each release has under *profile*."""
    columns = len(index.releases)
    both = []
    for kinds in ((Kind.SECURITY,), (Kind.BUG,)):
        own = [
            strip
            for case, evidence in found.items()
            if case.kind in kinds
            for strip in strips(evidence, index)
            if profile in strip.profiles
        ]
        both.append(counts(own, columns))
    return both[0], both[1]


def _band(name: str, totals: tuple[list[int], list[int]], index: Index, y: int) -> Iterator[str]:
    security, bugs = totals
    most = max([a + b for a, b in zip(*totals, strict=True)] + [1])
    floor = y + _HEIGHT
    yield _text(0, y + 10, name, "ink strong")
    yield _text(0, y + 26, f"to {most}", "faint")
    yield f'<path class="security" d="{_columns([0] * len(bugs), security, most, floor)}"/>'
    yield f'<path class="bugs" d="{_columns(security, bugs, most, floor)}"/>'
    yield from _labels(index, floor + 14)


def _columns(below: Sequence[int], own: Sequence[int], most: int, floor: int) -> str:
    scale = _HEIGHT / most
    return "".join(
        f"M{_LEFT + number * _STEP} {floor - low * scale:.1f}h{_STEP - 1}v{-count * scale:.1f}h{1 - _STEP}z"
        for number, (low, count) in enumerate(zip(below, own, strict=True))
        if count
    )


def _labels(index: Index, y: int) -> Iterator[str]:
    """The minor versions below their columns, as far as there is room for them."""
    free = 0
    columns = groupby(range(len(index.releases)), key=lambda n: _minor(index, n))
    for name, group in columns:
        x = _LEFT + next(iter(group)) * _STEP
        if x >= free:
            yield _text(x, y, name, "faint small")
            free = x + 34


def _minor(index: Index, number: int) -> str:
    version = parse_version(index.releases[number].version)
    return f"{version.major}.{version.minor}"


def _scheme(name: str) -> str:
    ink, faint, bugs, security = _INK[name]
    return f".picture{{--ink:{ink};--faint:{faint};--bugs:{bugs};--security:{security}}}"


_STYLE = (
    _scheme("light")
    + f"@media screen and (prefers-color-scheme:dark){{{_scheme('dark')}}}"
    + ".picture text{font-size:13px}.picture .strong{font-weight:600}.picture .small{font-size:10px}"
    + ".picture .ink{fill:var(--ink)}.picture .faint{fill:var(--faint)}"
    + ".picture .bugs{fill:var(--bugs)}.picture .security{fill:var(--security)}"
)


def _text(x: int, y: int, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'
