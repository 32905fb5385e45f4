"""Searches a message for a case's pattern, within a limit: a pattern that never ends must not hold a run up."""

import json
import re
import sys
from functools import lru_cache

from harness.support.processes import run

# Of a message, in characters. What is longer ends in a mark, so that `$` does not match where it was cut.
LONGEST = 10_000
# What a search may take, in seconds, with the start of the process that it runs in.
SECONDS = 2.0
_CUT = "\N{HORIZONTAL ELLIPSIS}"
# A group or a reference that is repeated may take time that grows exponentially.
_REPEATED = re.compile(r"[)\d][*+?{]")
_UNBOUNDED = re.compile(r"[*+]|,\}")
_SEARCH = """
import json, re, sys
pattern, message = json.load(sys.stdin)
sys.exit(0 if re.search(pattern, message) else 3)
"""
_FOUND, _NOT_FOUND = 0, 3


def search(pattern: str, message: str) -> bool:
    """Whether *pattern* is found in *message*, of which only the beginning is searched.

    Raises:
        TimeoutError: it took longer than SECONDS.
    """
    if len(message) > LONGEST:
        message = message[:LONGEST] + _CUT
    if is_quick(pattern):
        return re.search(pattern, message) is not None
    found = _search_apart(pattern, message)
    if found is None:
        raise TimeoutError(f"the search for {pattern!r} did not end within {SECONDS:g} s")
    return found


def is_quick(pattern: str) -> bool:
    """Whether a search takes a time that grows with the square of the message's length at most: a cautious guess."""
    return not _REPEATED.search(pattern) and len(_UNBOUNDED.findall(pattern)) <= 1


@lru_cache(maxsize=4096)
def _search_apart(pattern: str, message: str) -> bool | None:
    """Search in a process that can be ended, as a search itself cannot be interrupted; None where it had to be."""
    said = json.dumps([pattern, message])
    code = run([sys.executable, "-I", "-S", "-B", "-c", _SEARCH], seconds=SECONDS, said=said).code
    return {_FOUND: True, _NOT_FOUND: False}.get(code) if code is not None else None
