"""The plain tables of the page: claims beside measurements, and the ranges."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from harness.judgement.vocabulary import Verdict
from harness.releases.index import Profile
from harness.reports.page.claims import assess, ended, spelled
from harness.reports.page.looks import LOOKS
from harness.reports.page.markup import named
from harness.reports.page.matrix import Line, Matrix


def claims_table(matrix: Matrix) -> Iterator[str]:
    """A line for each claim: what it says, and what was measured under each profile."""
    measured = "".join(f'<th scope="col">measured, {profile}</th>' for profile in Profile)
    yield f'<table class="plain"><thead><tr><th scope="col">bug</th><th scope="col">claimed</th>{measured}</tr></thead>'
    for case, lines in matrix.cases:
        for claim in case.facts.claims:
            said = f"fixed in <strong>{claim.fixed}</strong><small>{escape(claim.source)}</small>"
            found = [assess(claim, line) for line in lines]
            cells = "".join(
                f'<td data-label="{each.line.profile}"><b class="answer {each.answer.name.lower()}">{each.answer}</b> '
                f"{escape(each.why)}</td>"
                for each in found
            )
            yield f'<tr><th scope="row">#{case.facts.issue}</th><td data-label="claimed">{said}</td>{cells}</tr>'
    yield "</table>"


def ranges_table(matrix: Matrix) -> Iterator[str]:
    """A line for each verdict of each line of the matrix, with its releases and, where there is one, the reason."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("bug", "dependencies", "verdict", "releases"))
    yield f'<table class="plain ranges"><thead><tr>{head}</tr></thead>'
    for case, lines in matrix.cases:
        rows = _merged(lines)
        for number, (verdict, releases, profiles) in enumerate(rows):
            bug = f'<th scope="rowgroup" rowspan="{len(rows)}">#{case.facts.issue}</th>' if not number else ""
            start = ' class="start"' if not number else ""
            yield f"<tr{start}>{bug}<td>{' and '.join(profiles)}</td>"
            yield f"<td>{named(verdict)}</td><td>{releases}</td></tr>"
    yield "</table>"


def _merged(lines: tuple[Line, ...]) -> list[tuple[Verdict, str, list[Profile]]]:
    """What is said of *lines*, once where it is the same under several profiles, most telling verdict first."""
    found: dict[tuple[Verdict, str], list[Profile]] = {}
    for line in lines:
        for verdict, releases in _ranges(line):
            found.setdefault((verdict, releases), []).append(line.profile)
    order = [*LOOKS]
    return [(*key, found[key]) for key in sorted(found, key=lambda key: order.index(key[0]))]


def _ranges(line: Line) -> Iterator[tuple[Verdict, str]]:
    for interval in line.intervals:
        yield Verdict.AFFECTED, f"<strong>{spelled(interval)}</strong>, {ended(interval)}"
    runs: dict[tuple[Verdict, str], list[str]] = {}
    for key, group in groupby(
        line.cells, key=lambda cell: (cell.verdict, _reason(cell.verdict, cell.telling.evidence))
    ):
        versions = [cell.release.version for cell in group]
        first, last = versions[0], versions[-1]
        runs.setdefault(key, []).append(first if first == last else f"{first} to {last}")
    for (verdict, reason), each in runs.items():
        if verdict is not Verdict.AFFECTED:
            yield verdict, ", ".join(each) + (f"<small>{escape(reason)}</small>" if reason else "")


def _reason(verdict: Verdict, evidence: str) -> str:
    """Why a verdict says nothing of the bug, in words that are the same for its like."""
    if verdict in (Verdict.AFFECTED, Verdict.UNAFFECTED):
        return ""
    if verdict is Verdict.NOT_APPLICABLE:
        return evidence.partition(":")[0]
    return evidence.rpartition(" (")[0] or evidence
