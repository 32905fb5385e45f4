"""A comparison as JSON, complete: the format `starlette-cases-upgrade/2`.

| key | what it is |
| --- | --- |
| `format` | `starlette-cases-upgrade/2` |
| `as_of` | the day of the run |
| `answer` | what the upgrade does, in one sentence |
| `strict`, `exit` | whether a bug that is still present counts, and the exit code |
| `before`, `after` | each side: `source` (as it was asked for), `file` (or null), `pins` (`name`, `version`, `hashes`, `line`, `origin`, `index`), `unversioned` (names without a version), `complete` (whether what is not named is not there), `requires_python`, `indexes` (addresses that the file names), and what was run: `release`, `python` (null: it could not be built), `freeze` (`name==version`), `doubt` (why it need not be like the release, or could not be built; empty where nothing says so) |
| `findings` | each program that tells: `case`, `issue`, `title`, `area`, `kind`, `aliases`, `links`, `page`, `check`, `change` (fixed, introduced, still_present, never_present, could_not_tell), `waiver` (null, or `reason` and `expires`), `touch` (null where no code was read, or what the code has to do with it: `answer` (used, not_seen, cannot_tell), `reason`, `places` (`file`, `line`)), `before` and `after` (rows as a record has them) |
| `steps` | each distribution whose version differs: `name`, `before`, `after` (null: not there) |
| `conflicts` | what is pinned beside Starlette and does not allow the target: `name`, `version`, `reason`, `line` |
| `candidates` | each release that one may go to and that was run: `release`, `roles` (asked for, best, …), `findings` (`case`, `check`, `change`, `verdict`, `waived`), `refused` (conflicts), `unchecked` (of what that is not known) |
| `tried` | the releases that were run to find them, in order |
| `workarounds` | each that was run: `case`, `works`, `row` (as a record has it) |
| `unchecked` | what the search for conflicts left out, a distribution or an included file: `name`, `version` (empty: unknown), `reason` |

`seconds` are rounded to milliseconds. A new key may come; what a key means stays as it is.
"""  # noqa: E501 - a row of the table is a line.

from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.reports.formats.json import about, dump, waived
from harness.touches.wording import document
from harness.upgrade.comparison import Candidate, Comparison, Finding, Side, exit_code
from harness.upgrade.formats.wording import answer

FORMAT = "starlette-cases-upgrade/2"


def write(comparison: Comparison, *, strict: bool) -> str:
    """One JSON object, in UTF-8 that every reader takes."""
    written = {
        "format": FORMAT,
        "as_of": comparison.as_of.isoformat(),
        "answer": answer(comparison),
        "strict": strict,
        "exit": exit_code(comparison, strict=strict),
        "before": _side(comparison.before),
        "after": _side(comparison.after),
        "findings": [_finding(finding) for finding in comparison.findings],
        "steps": [asdict(step) for step in comparison.steps],
        "conflicts": [asdict(conflict) for conflict in comparison.conflicts],
        "candidates": [_candidate(each) for each in comparison.candidates],
        "tried": list(comparison.tried),
        "workarounds": [
            {"case": each.case.name, "works": each.works, "row": asdict(each.row)} for each in comparison.workarounds
        ],
        "unchecked": [asdict(each) for each in comparison.unchecked],
    }
    return dump(written)


def _side(side: Side) -> dict[str, Any]:
    pins = side.pins
    return {
        "source": pins.source,
        "file": str(pins.file) if pins.file else None,
        "pins": [asdict(pin) for pin in pins.pins],
        "unversioned": list(pins.unversioned),
        "complete": pins.complete,
        "requires_python": pins.python,
        "indexes": list(pins.indexes),
        "release": side.release,
        "python": side.python,
        "freeze": list(side.freeze),
        "doubt": side.doubt,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        **about(finding.case),
        "check": finding.check,
        "change": finding.change,
        "waiver": waived(finding.waived),
        "touch": document(finding.touch, Path.cwd()),
        "before": asdict(finding.before),
        "after": asdict(finding.after),
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "release": candidate.release,
        "roles": list(candidate.roles),
        "findings": [
            {
                "case": each.case.name,
                "check": each.check,
                "change": each.change,
                "verdict": each.after.verdict,
                "waived": each.waived is not None,
            }
            for each in candidate.findings
        ],
        "refused": [asdict(each) for each in candidate.refused],
        "unchecked": [asdict(each) for each in candidate.unchecked],
    }
