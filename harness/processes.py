"""Runs programs so that the caller's environment changes nothing and nothing outlives its time."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

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
        "UV_HTTP_TIMEOUT",
        "UV_INDEX",
        "UV_INDEX_STRATEGY",
        "UV_INDEX_URL",
        "UV_INSECURE_HOST",
        "UV_KEYRING_PROVIDER",
        "UV_LINK_MODE",
        "UV_NATIVE_TLS",
        "UV_NO_INDEX",
        "UV_OFFLINE",
    ]
)


def clean_environment() -> dict[str, str]:
    """The caller's environment variables without those that steer Python, mypy or an activated venv."""
    return {name: value for name, value in os.environ.items() if name.upper() in _KEPT}


@dataclass(frozen=True, slots=True)
class Finished:
    """How a process ended; `code` is None when its time ran out and negative when a signal ended it."""

    code: int | None
    stdout: str
    stderr: str


def run(
    command: Sequence[str | Path], *, seconds: float, folder: Path | None = None, extra: Mapping[str, str] | None = None
) -> Finished:
    """Run *command* in its own process group and end the whole group when it is over."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env=clean_environment() | dict(extra or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        stdout, stderr = process.communicate(timeout=seconds)
        code: int | None = process.returncode
    except subprocess.TimeoutExpired:
        _end_group(process)
        stdout, stderr = process.communicate()
        code = None
    finally:
        _end_group(process)
    return Finished(code, stdout.decode(errors="replace"), stderr.decode(errors="replace"))


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
