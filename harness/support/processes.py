"""Runs programs so that the caller's environment changes nothing and nothing outlives its time."""

import os
import signal
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# What a program needs of the caller's machine, and how uv is told about a mirror, a proxy, a cache.
_KEPT = frozenset(
    [
        "HOME",
        "LANG",
        "LC_ALL",
        "PATH",
        "SYSTEMROOT",
        "TEMP",
        "TMP",
        "TMPDIR",
        "USER",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "ALL_PROXY",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "SSL_CERT_DIR",
        "SSL_CERT_FILE",
        "UV_CACHE_DIR",
        "UV_CONFIG_FILE",
        "UV_DEFAULT_INDEX",
        "UV_EXTRA_INDEX_URL",
        "UV_FIND_LINKS",
        "UV_HTTP_RETRIES",
        "UV_HTTP_TIMEOUT",
        "UV_INDEX",
        "UV_INDEX_STRATEGY",
        "UV_INDEX_URL",
        "UV_INSECURE_HOST",
        "UV_KEYRING_PROVIDER",
        "UV_NATIVE_TLS",
        "UV_OFFLINE",
    ]
)


def clean_environment() -> dict[str, str]:
    """The caller's environment variables without those that steer Python, mypy or an activated venv."""
    return {name: value for name, value in os.environ.items() if name.upper() in _KEPT}


_ROUNDS = 100
_MOST_READ = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finished:
    """How a process ended; `code` is None when its time ran out and negative when a signal ended it."""

    code: int | None
    stdout: str
    stderr: str


# What each process is running with a variable that tells it, and all that it starts, from any other.
_MARK = "STARLETTE_CASES_RUN"
_RUNNING: dict[subprocess.Popen[bytes], str] = {}
_INTERRUPTED = threading.Event()


def run(
    command: Sequence[str | Path],
    *,
    seconds: float,
    folder: Path | None = None,
    extra: Mapping[str, str] | None = None,
    said: str = "",
) -> Finished:
    """Run *command* in its own process group, with *said* on its standard input, and end the whole group.

    What it writes goes to files: a pipe would stay open as long as anything that it started.
    """
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        stdin.write(said.encode())
        stdin.seek(0)
        process = start(command, folder=folder, extra=extra, stdin=stdin, stdout=stdout, stderr=stderr)
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            _kill(process)

        # Not `wait(timeout=…)`, which looks only every 50 ms.
        limit = threading.Timer(seconds, expire)
        limit.start()
        try:
            code = process.wait()
        finally:
            limit.cancel()
            end(process)
        return Finished(None if expired.is_set() else code, written(stdout), written(stderr))


def start(
    command: Sequence[str | Path],
    *,
    folder: Path | None = None,
    extra: Mapping[str, str] | None = None,
    stdin: IO[bytes] | int,
    stdout: IO[bytes],
    stderr: IO[bytes],
) -> subprocess.Popen[bytes]:
    """Start *command* in its own process group; whoever starts it has to `end` it."""
    if _INTERRUPTED.is_set():
        raise InterruptedError("this process was interrupted, and starts no other")
    mark = uuid.uuid4().hex
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env=clean_environment() | dict(extra or {}) | {_MARK: mark},
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
    )
    _RUNNING[process] = mark
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    """End *process*, its whole group, and what it started that left the group."""
    _kill(process)
    process.wait()
    if mark := _RUNNING.pop(process, None):
        _kill_marked(f"{_MARK}={mark}".encode())


def _kill(process: subprocess.Popen[bytes]) -> None:
    # macOS refuses, rather than not finding it, a group of which only the corpse is left.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _kill_marked(mark: bytes) -> None:
    """End each process with *mark* among its variables, until there is none that one of them has started meanwhile."""
    for _ in range(_ROUNDS):
        found = list(_marked(mark))
        if not found:
            return
        for process in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)


def _marked(mark: bytes) -> Iterator[int]:
    # Where there is no such folder, as on macOS, what left its group goes on.
    for variables in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark in variables.read_bytes():
                yield int(variables.parent.name)


@contextmanager
def workers() -> Iterator[ThreadPoolExecutor]:
    """Threads that wait for processes. An interrupt reaches this process alone: it ends the others, and starts none."""
    # One more than can run at once: each waits for a disk or a lock now and then.
    with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as pool:
        try:
            yield pool
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            _INTERRUPTED.set()
            end_all()
            raise


def interrupt_when_ended() -> None:
    """Let whoever ends this process from outside interrupt it: then it takes along what it started.

    What it was started to ignore, as under nohup, it goes on to ignore.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def end_all() -> None:
    """End whatever is running."""
    for process in tuple(_RUNNING):
        end(process)


def written(stream: IO[bytes]) -> str:
    """What was written, or as much of it as anybody will read."""
    stream.seek(0)
    return stream.read(_MOST_READ).decode(errors="replace")
