"""Runs mypy as `python -m mypy` does, without starting Python and importing mypy every time."""

import atexit
import json
import socket
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from harness.support.processes import Finished, end, start, written

_SERVER = Path(__file__).with_name("server.py")


class Checker:
    """Runs mypy in servers: as many as there are threads that ask at once, kept until this process ends."""

    def __init__(self) -> None:
        self._idle: list[_Server] = []
        self._lock = threading.Lock()
        atexit.register(self.end)

    def run(self, arguments: Sequence[str], *, folder: Path, seconds: float) -> Finished:
        """Run mypy with *arguments* in *folder*, as `harness.support.processes.run` would."""
        server = self._take()
        try:
            return server.run([str(folder.absolute()), *arguments], seconds)
        finally:
            self._put_back(server)

    def end(self) -> None:
        """End the servers that wait for a request."""
        with self._lock:
            while self._idle:
                self._idle.pop().end()

    def _take(self) -> "_Server":
        with self._lock:
            while self._idle:
                server = self._idle.pop()
                if server.is_ready:
                    return server
                server.end()
        return _Server()

    def _put_back(self, server: "_Server") -> None:
        if server.is_ready:
            with self._lock:
                self._idle.append(server)
        else:
            server.end()


class _Server:
    """A process of `server.py`, and the files it writes to, which each request uses anew."""

    def __init__(self) -> None:
        with ExitStack() as parts:
            # Unbuffered: the position is shared with the process, and a buffer would not know what it wrote.
            self._stdout = parts.enter_context(tempfile.TemporaryFile(buffering=0))
            self._stderr = parts.enter_context(tempfile.TemporaryFile(buffering=0))
            self._socket, theirs = map(parts.enter_context, socket.socketpair())
            self._process = start(
                [sys.executable, "-I", "-B", _SERVER],
                extra={"PYTHONDONTWRITEBYTECODE": "1"},
                stdin=theirs.fileno(),
                stdout=self._stdout,
                stderr=self._stderr,
            )
            theirs.close()
            parts.callback(end, self._process)
            self.end = parts.pop_all().close
        self._answered = True

    @property
    def is_ready(self) -> bool:
        """Whether it runs and waits for a request; whoever ends all processes ends the waiting ones, too."""
        return self._answered and self._process.poll() is None

    def run(self, request: Sequence[str], seconds: float) -> Finished:
        """Make one request. A server that leaves it without an answer is of no further use."""
        for stream in (self._stdout, self._stderr):
            stream.seek(0)
            stream.truncate()
        self._answered = False
        try:
            answer = self._ask(json.dumps(request), seconds)
            self._answered = answer != b""
            code: int | None = int(answer) if answer else self._process.wait()
        except TimeoutError:
            code = None
            end(self._process)
        return Finished(code, written(self._stdout), written(self._stderr))

    def _ask(self, line: str, seconds: float) -> bytes:
        """The answer to *line*, which is nothing where the server died."""
        self._socket.settimeout(seconds)
        try:
            self._socket.sendall(line.encode() + b"\n")
            return self._socket.recv(64)
        except ConnectionError:
            return b""
