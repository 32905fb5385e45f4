"""The page: one file that needs nothing else, with the whole matrix in its HTML; the script only adds to it."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from harness.releases.index import Profile
from harness.reports.page.details import to_json
from harness.reports.page.grid import grid
from harness.reports.page.headlines import headlines
from harness.reports.page.looks import LOOKS, PAPER, colours
from harness.reports.page.markup import prose, shape, symbols
from harness.reports.page.matrix import Matrix
from harness.reports.page.svg import to_svg
from harness.reports.page.tables import claims_table, ranges_table


def to_html(matrix: Matrix, cases: str) -> str:
    """The page; *cases* is the way from it to the folder of the cases, such as ../cases."""
    script = _file("page.js")
    pieces = {
        "policy": _policy(script),
        "style": _style(),
        "symbols": symbols(),
        "lead": _lead(matrix),
        "findings": "\n".join(_findings(matrix)),
        "controls": "\n".join(_controls(matrix)),
        "count": _count(matrix),
        "matrix": "\n".join(grid(matrix, cases)),
        "picture": to_svg(matrix),
        "claims": "\n".join(claims_table(matrix)),
        "ranges": "\n".join(ranges_table(matrix)),
        "legend": "\n".join(_legend()),
        "as_of": f"{matrix.index.as_of:%Y-%m-%d}",
        "data": to_json(matrix),
        "script": script,
    }
    return Template(_file("page.html")).substitute(pieces)


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """What a browser may do: nothing on the network, and no script but the page's own."""
    known = b64encode(sha256(script.encode()).digest()).decode()
    scripts = f"style-src 'unsafe-inline'; script-src 'sha256-{known}'"
    return f"default-src 'none'; {scripts}; base-uri 'none'; form-action 'none'"


def _style() -> str:
    light, dark = (f":root{{--paper:{PAPER[scheme]};{colours(scheme)}}}" for scheme in ("light", "dark"))
    fills = "".join(f".{verdict}{{--own:var(--{verdict})}}" for verdict in LOOKS)
    return f"{light}\n@media screen and (prefers-color-scheme:dark){{{dark}}}\n{fills}\n{_file('page.css')}"


def _lead(matrix: Matrix) -> str:
    first, last = matrix.index.releases[0], matrix.index.releases[-1]
    verdicts = [len(cell.programs) for cell in matrix.cells]
    return (
        f"As of <strong>{matrix.index.as_of:%Y-%m-%d}</strong>: {len(matrix.cases)} bugs on "
        f"<strong>{len(matrix.index.releases)} releases</strong>, from {first.version} ({first.uploaded:%Y-%m-%d}) to "
        f"{last.version} ({last.uploaded:%Y-%m-%d}), each with the dependencies of the release&rsquo;s own period and "
        f"with today&rsquo;s. <strong>{len(verdicts):,} verdicts</strong> from {sum(verdicts):,} observations, with "
        f"CPython {escape(matrix.tools['python'])} and mypy {escape(matrix.tools['mypy'])}."
    )


def _findings(matrix: Matrix) -> Iterator[str]:
    for each in headlines(matrix):
        kind = ' class="notable"' if each.notable else ""
        yield f"<li{kind}><strong>{escape(each.short)}</strong> {escape(each.long)}</li>"


def _controls(matrix: Matrix) -> Iterator[str]:
    """What narrows the matrix down; the verdicts are its legend too."""
    cases = (_choice("case", case.name, f"#{case.facts.issue}", case.facts.title) for case, _ in matrix.cases)
    yield _group("Bug", "case", cases)
    meanings = {
        Profile.PERIOD: "dependencies as of the release's own day",
        Profile.TODAY: f"dependencies as of {matrix.index.as_of:%Y-%m-%d}",
    }
    yield _group("Dependencies", "profile", (_choice("profile", each, each, meanings[each]) for each in Profile))
    counts = Counter(cell.verdict for cell in matrix.cells)
    verdicts = (
        _choice("verdict", verdict, f"{shape(verdict)}{look.label} <small>{counts[verdict]:,}</small>", look.meaning)
        for verdict, look in LOOKS.items()
    )
    yield _group("Verdict", "verdict", verdicts)


def _group(legend: str, name: str, choices: Iterable[str]) -> str:
    return f'<fieldset data-filter="{name}"><legend>{legend}</legend>{"".join(choices)}</fieldset>'


def _choice(name: str, value: str, label: str, meaning: str) -> str:
    return f'<label title="{escape(meaning)}"><input type="checkbox" name="{name}" value="{value}">{label}</label>'


def _count(matrix: Matrix) -> str:
    releases, lines = len(matrix.index.releases), len(matrix.lines)
    return f"{releases} releases, {lines} lines: {releases * lines:,} verdicts"


def _legend() -> Iterator[str]:
    for verdict, look in LOOKS.items():
        yield f'<dt class="verdict {verdict}">{shape(verdict)}{look.label}</dt><dd>{prose(look.meaning)}</dd>'
