"""Starts the probe in a target's interpreter and reads its facts."""

import json
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from harness.support.processes import Finished, run

PROBE = Path(__file__).with_name("probe.py")
# What the probe itself may take, besides its programs.
_AROUND = 60.0
Facts = Mapping[str, Any]


def ask(
    python: Sequence[str | Path], programs: Sequence[Mapping[str, Any]], seconds: float
) -> tuple[Finished, Sequence[Facts]]:
    """Run the probe in an empty folder: how it ended, and the facts that are its own."""
    token = secrets.token_hex()
    request = {"token": token, "seconds": seconds, "programs": programs}
    with tempfile.TemporaryDirectory() as folder:
        limit = len(programs) * seconds + _AROUND
        finished = run([*python, PROBE], seconds=limit, folder=Path(folder), said=json.dumps(request))
    lines = [genuine(line, token) for line in finished.stdout.splitlines()]
    return finished, [facts for facts in lines if facts is not None]


def genuine(text: str, token: str) -> Facts | None:
    """The facts in *text* if they are the probe's own."""
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return facts if isinstance(facts, dict) and facts.get("token") == token else None


def freeze(distributions: Mapping[str, str]) -> tuple[str, ...]:
    """One `name==version` for each distribution, in order."""
    return tuple(sorted(f"{canonicalize_name(name)}=={version}" for name, version in distributions.items()))
