"""What the page's script shows of a cell, as JSON that no evidence can break out of."""

import json
from typing import Any

from harness.releases.index import Release
from harness.reports.page.claims import assess, ended, spelled
from harness.reports.page.looks import LOOKS
from harness.reports.page.matrix import Cell, Line, Matrix, minor


def to_json(matrix: Matrix) -> str:
    """The data of every cell. What cells have in common is there once."""
    facts: dict[str, int] = {}
    rows = [
        _row(line) | {"cells": [facts.setdefault(_dump(_facts(cell)), len(facts)) for cell in line.cells]}
        for line in matrix.lines
    ]
    document = {
        "labels": {verdict: look.label for verdict, look in LOOKS.items()},
        "releases": [_release(release) for release in matrix.index.releases],
        "rows": rows,
    }
    return f'{_dump(document)[:-1]},"facts":[{",".join(facts)}]}}'


def _row(line: Line) -> dict[str, Any]:
    return {
        "case": line.case.name,
        "profile": line.profile,
        "ranges": [f"{spelled(each)}, {ended(each)}" for each in line.intervals],
        "claims": [
            {"source": claim.source, "fixed": claim.fixed, "answer": found.answer, "why": found.why}
            for claim, found in ((claim, assess(claim, line)) for claim in line.case.facts.claims)
        ],
    }


def _release(release: Release) -> dict[str, Any]:
    return {
        "version": release.version,
        "date": f"{release.uploaded:%Y-%m-%d}",
        "minor": minor(release),
        "marks": marks(release),
    }


def marks(release: Release) -> list[str]:
    """What is to be known of *release* besides its version and date."""
    return [*([] if release.is_final else ["pre-release"]), *(["yanked"] if release.yanked else [])]


def _facts(cell: Cell) -> dict[str, Any]:
    programs = [
        {"check": seen.check, "tells": seen.tells, "verdict": seen.verdict, "evidence": seen.evidence}
        for seen in cell.programs
    ]
    return {"verdict": cell.verdict, "programs": programs, "with": dict(cell.resolved), "as_of": cell.as_of}


def _dump(value: object) -> str:
    """JSON in ASCII, without the letters that mean something to a parser of HTML."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")
