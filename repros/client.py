"""Starts the probe in a target's interpreter, hands it its request and reads its answer."""

import json
import socket
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from harness.support.processes import Finished, end, start, written

PROBE = Path(__file__).with_name("probe.py")
# What the probe itself may take, besides its programs, in seconds.
_AROUND = 60.0
Facts = Mapping[str, Any]


def ask(
    python: Sequence[str | Path],
    programs: Sequence[Mapping[str, Any]] = (),
    watched: Sequence[Path] = (),
    seconds: float = 0,
) -> tuple[Finished, Sequence[Facts]]:
    """Run the probe in an empty folder: how it ended, and every line of its answer.

    It answers over a socket, which no program that it runs can reach: neither by a descriptor nor through /proc.
    """
    request = json.dumps({"seconds": seconds, "programs": programs, "watched": list(map(str, watched))}).encode()
    limit = time.monotonic() + len(programs) * seconds + _AROUND
    ours, theirs = socket.socketpair()
    with (
        ours,
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
    ):
        with theirs:
            process = start([*python, PROBE], folder=Path(folder), stdin=theirs.fileno(), stdout=stdout, stderr=stderr)
        try:
            answer = _converse(ours, request, limit)
            code = None if answer is None else process.wait()
        finally:
            end(process)
        return Finished(code, written(stdout), written(stderr)), _read(answer or b"")


def _converse(channel: socket.socket, request: bytes, limit: float) -> bytes | None:
    """Everything that is answered to *request*; None where that takes until after *limit*."""
    answer = b""
    try:
        channel.settimeout(max(limit - time.monotonic(), 0.001))
        # Whatever is no probe may end without reading.
        with suppress(ConnectionError):
            channel.sendall(request)
            channel.shutdown(socket.SHUT_WR)
        while some := _receive(channel, limit):
            answer += some
    except TimeoutError:
        return None
    return answer


def _receive(channel: socket.socket, limit: float) -> bytes:
    channel.settimeout(max(limit - time.monotonic(), 0.001))
    try:
        return channel.recv(1 << 16)
    except ConnectionError:
        return b""


def _read(answer: bytes) -> Sequence[Facts]:
    """The whole lines of an answer; where one is no JSON object this is no probe, and nothing after it counts."""
    lines = []
    for line in answer.splitlines(keepends=True):
        try:
            facts = json.loads(line) if line.endswith(b"\n") else None
        except (ValueError, RecursionError):
            break
        if not isinstance(facts, dict):
            break
        lines.append(facts)
    return lines


def freeze(distributions: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """One `name==version` for each distribution, in order."""
    return tuple(sorted(f"{canonicalize_name(name)}=={version}" for name, version in distributions))
