"""Write what was measured as a page that needs nothing else, and as a picture."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from harness.catalogue.loading import load_catalogue
from harness.releases.index import load_index
from harness.reports.page.html import to_html
from harness.reports.page.matrix import read_matrix
from harness.reports.page.svg import to_svg
from harness.support.errors import UserError
from harness.support.exits import Exit
from harness.support.files import write_whole
from harness.support.paths import CASES, EVIDENCE, REPORTS, ROOT


def main(arguments: Sequence[str]) -> Exit:
    """Write the page and `evidence/matrix.svg`."""
    parser = argparse.ArgumentParser(prog="nox -s report --", description=__doc__)
    usual = REPORTS / "starlette-cases.html"
    parser.add_argument("--output", type=Path, default=usual, metavar="FILE", help="write the page there")
    page = parser.parse_args(arguments).output
    if page is not usual and not page.parent.is_dir():
        raise UserError(f"--output {page}: there is no folder {page.parent}; name one that is there")
    if page.is_dir():
        raise UserError(f"--output {page}: this is a folder; name a file in it")
    matrix = read_matrix(load_index(), load_catalogue(), EVIDENCE)
    picture = EVIDENCE / "matrix.svg"
    write_whole(page, to_html(matrix, Path(os.path.relpath(CASES, page.parent)).as_posix()))
    write_whole(picture, to_svg(matrix))
    for path in (page, picture):
        print(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
    return Exit.AS_EXPECTED
