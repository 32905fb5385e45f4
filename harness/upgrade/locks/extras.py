"""Which extras and groups of a uv.lock count together: what its `conflicts` forbids is never on at once.

Where a project states conflicts, uv writes into markers which extra or group an edge belongs to, as if each were an
extra of its own: `extra-<length of the package's name>-<package>-<extra>`, `group-…`, or `project-…` without an end.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from harness.upgrade.locks.document import Entry, shown

# Each is tried together with all that it allows, so that many take long.
MOST = 200

_WRITTEN = re.compile(
    r"""\bextra\s*(?P<operator>==|!=)\s*(?P<quote>['"])(?P<name>(?:extra|group|project)-\d+-[^'"]+)(?P=quote)"""
)
# Always so on every Python, and never.
_HOLDS, _FAILS = "sys_platform != ''", "sys_platform == ''"


def encoded(package: str, kind: str = "project", name: str = "") -> str:
    """What uv calls the extra or the group *name* of *package* in a marker, or the package itself."""
    return "-".join(filter(None, (kind, str(len(package)), package, name)))


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to install a project: with everything but what is `off`, by the names that uv gives them."""

    off: frozenset[str] = frozenset()

    def takes(self, package: str, kind: str = "project", name: str = "") -> bool:
        return encoded(package, kind, name) not in self.off

    def resolved(self, marker: str) -> str:
        """*marker* without the extras and groups of conflicts: each is replaced by whether it is on."""

        def answer(found: re.Match[str]) -> str:
            return _HOLDS if (found["name"] not in self.off) == (found["operator"] == "==") else _FAILS

        return _WRITTEN.sub(answer, marker)


def choices(document: Entry) -> tuple[Choice, ...]:
    """The ways of taking as much as the conflicts of a lock allow; each extra and group is on in one of them.

    Raises:
        UserError: the conflicts are not what uv writes, or there are too many of them.
    """
    conflicts = [frozenset(_item(each) for each in entries) for entries in _sets(document)]
    items = list(dict.fromkeys(item for each in conflicts for item in sorted(each)))
    if len(items) > MOST:
        raise document.refusal(f"conflicts name {len(items)} extras and groups; no more than {MOST} can be told apart")
    found = (Choice(frozenset(items) - _with(item, items, conflicts)) for item in items)
    return tuple(dict.fromkeys(found)) or (Choice(),)


def _with(item: str, items: Iterable[str], conflicts: Iterable[frozenset[str]]) -> frozenset[str]:
    """*item*, and of *items* each that may be on together with those before it."""
    taken = {item}
    for each in items:
        if not any(each in conflict and conflict & taken for conflict in conflicts):
            taken.add(each)
    return frozenset(taken)


def _sets(document: Entry) -> tuple[tuple[Entry, ...], ...]:
    found = document.table.get("conflicts", [])
    if not isinstance(found, list):
        raise document.refusal(f"conflicts = {shown(found)}; a uv.lock has a list of lists there")
    return tuple(Entry(document.file, {"conflicts": each}).subs("conflicts") for each in found)


def _item(entry: Entry) -> str:
    for kind in ("extra", "group"):
        if name := entry.text(kind):
            return encoded(entry.required("package"), kind, name)
    return encoded(entry.required("package"))
