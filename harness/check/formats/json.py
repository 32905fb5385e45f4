"""What an environment has as JSON, complete: the format `starlette-cases-check/1`.

| key | what it is |
| --- | --- |
| `format` | `starlette-cases-check/1` |
| `as_of` | the day of the run |
| `answer` | what the environment has, in one sentence |
| `strict`, `exit` | whether a deliberate change counts, and the exit code |
| `environment` | what was looked at: `named` (as it was asked for), `interpreter`, `python`, `starlette` (its version), `starlette_file`, `freeze` (`name==version`), `doubt` (why it need not be like the release, empty where nothing says so) |
| `findings` | each program that tells, the gravest first: `case`, `issue`, `title`, `area`, `kind`, `aliases`, `links`, `page`, `check`, `verdict`, `fails` (whether the exit code is 1 for it), `waiver` (null, or `reason` and `expires`), `touch` (null where no code was read, or what the code has to do with it: `answer` (used, not_seen, cannot_tell), `reason`, `places` (`file`, `line`)), `row` (as a record has it) |

`seconds` are rounded to milliseconds. A new key may come; what a key means stays as it is.
"""  # noqa: E501 - a row of the table is a line.

from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.check.findings import Checked, Finding, exit_code
from harness.check.formats.wording import answer
from harness.reports.formats.json import about, dump, waived
from harness.touches.wording import document

FORMAT = "starlette-cases-check/1"


def write(checked: Checked, *, strict: bool) -> str:
    """One JSON object, in UTF-8 that every reader takes."""
    environment = checked.environment
    written = {
        "format": FORMAT,
        "as_of": checked.as_of.isoformat(),
        "answer": answer(checked),
        "strict": strict,
        "exit": exit_code(checked, strict=strict),
        "environment": {
            "named": checked.named,
            "interpreter": str(environment.interpreter),
            "python": environment.python,
            "starlette": environment.release,
            "starlette_file": environment.starlette_file,
            "freeze": list(environment.freeze),
            "doubt": environment.doubt,
        },
        "findings": [_finding(each, strict=strict) for each in checked.findings],
    }
    return dump(written)


def _finding(finding: Finding, *, strict: bool) -> dict[str, Any]:
    return {
        **about(finding.case),
        "check": finding.row.check,
        "verdict": finding.row.verdict,
        "fails": finding.fails(strict=strict),
        "waiver": waived(finding.waiver),
        "touch": document(finding.touch, Path.cwd()),
        "row": asdict(finding.row),
    }
