"""Write what was measured: the index of cases, the README's table, what it corrects, and the page."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from harness.catalogue.case import Case
from harness.evidence.advisories import scores, summary
from harness.evidence.committed import load_all
from harness.evidence.document import Evidence, differing
from harness.evidence.pages import between_marks
from harness.evidence.publish import generate
from harness.evidence.tables import BEGIN, END, generated, readme_table
from harness.reports.picture import to_svg
from harness.reports.printable import unarmed
from harness.reports.site.render import site as site_files
from harness.runs.workspace import Workspace, open_workspace
from harness.support.exits import Exit
from harness.support.files import refuse_unwritable_folder, write_whole
from harness.support.paths import EVIDENCE, REPORTS, ROOT

SITE = REPORTS / "site"


def main(arguments: Sequence[str]) -> Exit:
    """Write everything that is made from the evidence, or only say where it differs from what is committed."""
    parser = argparse.ArgumentParser(prog="nox -s report --", description=__doc__)
    parser.add_argument("--output", type=Path, default=SITE, metavar="DIR", help="write the site there")
    parser.add_argument(
        "--verify", action="store_true", help="write nothing; say which lines of what is committed differ"
    )
    options = parser.parse_args(arguments)
    if not options.verify:
        refuse_unwritable_folder(f"--output {options.output}", options.output)
        refuse_unwritable_folder("nox -s report", EVIDENCE)
    workspace = open_workspace()
    found = load_all(workspace.cases, workspace.index)
    files = dict(_committed(workspace, found))
    if options.verify:
        lines = [line for path, text in files.items() for line in differing(path, text)]
        print(unarmed("\n".join(lines)) if lines else "What is generated from the evidence is as it is committed.")
        return Exit.DIFFERS if lines else Exit.AS_EXPECTED
    changed: list[Path] = []
    site = {
        options.output.absolute() / name: text for name, text in site_files(found, workspace.index, workspace.profiles)
    }
    for path, text in (files | site).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            write_whole(path, text)
            changed.append(path)
    for path in [path for path in changed if path in files]:
        print(path.relative_to(ROOT))
    print(f"{options.output / 'index.html'}: {len(found)} cases")
    print(f"evidence/corrections.md: {summary(scores(found, workspace.index))}")
    return Exit.AS_EXPECTED


def _committed(workspace: Workspace, found: Mapping[Case, Evidence]) -> Iterator[tuple[Path, str]]:
    """Every committed file that is made from the evidence, with its text."""
    for case, evidence in found.items():
        yield from generate(case, evidence, workspace.index)
    yield from generated(found, workspace.index, ROOT)
    yield EVIDENCE / "cases.svg", to_svg(found, workspace.index)
    readme = ROOT / "README.md"
    table = readme_table(found, workspace.index)
    yield readme, between_marks(readme.read_text(encoding="utf-8"), "README.md", table, BEGIN, END)
