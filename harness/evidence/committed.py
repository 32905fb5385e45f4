"""The committed evidence: a file for each case, and none for nobody."""

from collections.abc import Iterable
from pathlib import Path

from harness.catalogue.case import Case
from harness.evidence.document import Evidence, load
from harness.releases.index import Index
from harness.support.errors import UserError
from harness.support.paths import EVIDENCE


def evidence_file(case: Case) -> Path:
    """Where the evidence of *case* is committed."""
    return EVIDENCE / f"{case.name}.json"


def load_known(cases: Iterable[Case], index: Index) -> dict[str, Evidence]:
    """The evidence of those of *cases* that were measured, by their names.

    Raises:
        UserError: a file is damaged, or names a release that *index* has not.
    """
    return {case.name: known for case in cases if (known := load(evidence_file(case), index))}


def load_all(cases: Iterable[Case], index: Index, folder: Path = EVIDENCE) -> dict[Case, Evidence]:
    """The evidence of every case.

    Raises:
        UserError: a case has none, a file belongs to no case, is damaged, or names a release that *index* has not; the
            message lists every file that is missing, or too many.
    """
    cases = tuple(cases)
    found = {case: load(folder / f"{case.name}.json", index) for case in cases}
    problems = [
        f"{folder.name}/{case.name}.json: missing; measure it with: nox -s sweep -- --case {case.name}"
        for case, evidence in found.items()
        if evidence is None
    ]
    names = {case.name for case in cases} | {"releases"}
    problems += [
        f"{path.relative_to(folder.parent)}: there is no case of this name; remove the file, or restore the case"
        for path in sorted([*folder.glob("*.json"), *folder.glob("osv/*.json")])
        if path.stem not in names
    ]
    if problems:
        raise UserError("\n".join(problems))
    return {case: evidence for case, evidence in found.items() if evidence is not None}
