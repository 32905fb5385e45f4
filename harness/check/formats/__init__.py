"""What is written of an environment: a module for each format, each of them pure."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from harness.check.findings import Checked
from harness.check.formats import ignores, json, junit, markdown, openvex, sarif, table


class Writer(Protocol):
    """Writes what was found; *strict* says whether a deliberate change counts."""

    def __call__(self, checked: Checked, /, *, strict: bool) -> str: ...


# These say what is waived, in the words of scanners.
IGNORES: Mapping[str, Writer] = {
    "osv-scanner": lambda checked, **_: ignores.osv_scanner(checked),
    "pip-audit": lambda checked, **_: ignores.pip_audit(checked),
    "uv-audit": lambda checked, **_: ignores.uv_audit(checked),
}
FORMATS: Mapping[str, Writer] = {
    "table": lambda checked, **_: table.text(checked),
    "markdown": lambda checked, **_: markdown.write(checked),
    "json": json.write,
    "junit": junit.write,
    "sarif": lambda checked, **_: sarif.write(checked, Path.cwd()),
    "openvex": lambda checked, **_: openvex.write(checked),
    **IGNORES,
}
