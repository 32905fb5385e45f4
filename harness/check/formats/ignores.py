"""Waived findings in the words of scanners that know a vulnerability by its identifier.

What is waived and has no identifier, no scanner reports. Where a format knows no day on which that ends, the file of
waivers does, which is refused after that day.
"""

import json
from collections.abc import Iterator
from datetime import timedelta

from harness.check.findings import Checked
from harness.reports.formats.wording import plain
from harness.waivers.waiver import Waiver


def osv_scanner(checked: Checked) -> str:
    """An `osv-scanner.toml`, as https://google.github.io/osv-scanner/configuration/ describes it."""
    return "\n".join(_ignored(identifier, waiver) for identifier, waiver in _waived(checked))


def pip_audit(checked: Checked) -> str:
    """Arguments of pip-audit, in a line."""
    return _arguments("--ignore-vuln", checked)


def uv_audit(checked: Checked) -> str:
    """Arguments of `uv audit`, in a line."""
    return _arguments("--ignore", checked)


def _waived(checked: Checked) -> Iterator[tuple[str, Waiver]]:
    """One identifier of each vulnerability that is waived: all of these tools know its aliases."""
    found = {each.case.aliases[0]: each.waiver for each in checked.findings if each.waiver and each.case.aliases}
    yield from found.items()


def _ignored(identifier: str, waiver: Waiver) -> str:
    # What a waiver says holds on its last day, what osv-scanner reads holds until the day begins.
    until = waiver.expires + timedelta(days=1)
    reason = json.dumps(plain(waiver.reason), ensure_ascii=False)
    return f'[[IgnoredVulns]]\nid = "{identifier}"\nignoreUntil = {until}\nreason = {reason}\n'


def _arguments(option: str, checked: Checked) -> str:
    words = [f"{option} {identifier}" for identifier, _ in _waived(checked)]
    return f"{' '.join(words)}\n" if words else ""
