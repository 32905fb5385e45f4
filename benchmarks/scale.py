"""How the cost of each command grows: the real cases under other names, in catalogues of 25, 50 and 100.

What is generated lies in a folder of its own and goes again.
"""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.checkout import copy_checkout
from benchmarks.timing import quietly, timed
from harness.catalogue.case import Case
from harness.catalogue.selection import select
from harness.evidence.committed import evidence_file, load_all
from harness.evidence.document import Evidence, document, dump, measured_profiles
from harness.judgement.observation import Engine
from harness.releases.index import Index
from harness.runs.row import Row
from harness.runs.workspace import open_workspace

SIZES = (25, 50, 100)
_LOAD = "from harness.runs.workspace import open_workspace; open_workspace()"
_IMPORTS = "import harness.runs.workspace"


def compare(rounds: int) -> None:
    """Print what each command costs on each size of catalogue, in seconds, warm; *rounds* is not used.

    Raises:
        UserError: a command fails.
    """
    del rounds
    print(
        f"{'cases':>6} {'load':>7} {'nox -l':>7} {'cases':>7} {'cells':>6} {'mutants':>8} {'evidence':>9} {'page':>9}"
    )
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            print(_measured(Path(folder) / "checkout", size), flush=True)
    print(
        "seconds, but for the page's bytes; goals at 100: load 0.2, nox -l 0.6, cases 60, mutants 180, evidence 5, 1e6"
    )


def _measured(checkout: Path, size: int) -> str:
    cases = _lay_out(checkout, size)
    imports = min(timed(lambda: quietly(["-c", _IMPORTS], checkout, python=_PYTHON)) for _ in range(3))
    load = min(timed(lambda: quietly(["-c", _LOAD], checkout, python=_PYTHON)) for _ in range(3)) - imports
    listing = min(timed(lambda: quietly(["nox", "-l"], checkout)) for _ in range(3))
    # Which of them is as expected does not matter here, only how long it takes to see.
    run = ["nox", "-s", "cases"]
    quietly(run, checkout, (0, 1, 3))
    warm = timed(lambda: quietly(run, checkout, (0, 1, 3)))
    cells = quietly(["nox", "-l"], checkout).stdout.count("* cases(")
    mutants = timed(lambda: quietly(["nox", "-s", "mutants"], checkout, (0, 1, 3)))
    evidence = _evidence(cases)
    quietly(["nox", "-s", "report"], checkout)
    page = (checkout / "reports" / "site" / "index.html").stat().st_size
    return f"{size:6} {load:7.2f} {listing:7.2f} {warm:7.1f} {cells:6} {mutants:8.1f} {evidence:9.2f} {page:9,}"


_PYTHON = Path(sys.executable)


def _lay_out(checkout: Path, size: int) -> Sequence[Case]:
    """A checkout with *size* cases, each of them a real one under a name of its own; which ones."""
    real = select(open_workspace().cases)
    taken = real[:: len(real) // size][:size]
    copy_checkout(checkout)
    for case in real:
        shutil.rmtree(checkout / "cases" / case.name)
        (checkout / "evidence" / f"{case.name}.json").unlink()
    shutil.rmtree(checkout / "evidence" / "osv")
    for case in taken:
        name = f"copy_{case.name}"
        shutil.copytree(case.directory, checkout / "cases" / name, ignore=shutil.ignore_patterns("__pycache__"))
        file = checkout / "cases" / name / "case.toml"
        file.write_text(re.sub(r"(?m)^(also_seen_by) = .*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
        evidence = json.loads(evidence_file(case).read_text(encoding="utf-8")) | {"case": name}
        (checkout / "evidence" / f"{name}.json").write_text(json.dumps(evidence), encoding="utf-8")
    return taken


def _evidence(cases: Sequence[Case]) -> float:
    """How long it takes to make evidence of as many rows as *cases* have on every release."""
    workspace = open_workspace()
    found = load_all(workspace.cases, workspace.index)
    rows = {case: list(_rows(case, found[case], workspace.index)) for case in cases}

    def write() -> None:
        for case in cases:
            dump(document(case, rows[case], workspace.index, workspace.profiles, None))

    return timed(write)


def _rows(case: Case, evidence: Evidence, index: Index) -> Iterator[Row]:
    """A row for each release and program, as a sweep hands them over."""
    for name in measured_profiles(case):
        for check, spans in evidence.profiles[name].programs.items():
            for span in spans:
                for release in index.between(span.first, span.last):
                    yield Row(
                        case.name, case.references.issue, case.label, case.kind, check, Engine.RUNTIME, None,
                        release, name, "3.11.0", None, span.verdict, span.reason, span.evidence, None,
                        (), (), case.discriminates(check), 0.1,
                    )  # fmt: skip
