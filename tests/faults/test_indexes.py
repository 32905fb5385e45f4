"""An index that answers wrongly, by half, slowly or not at all: the reason, and soon."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harness.support.exits import Exit
from tests.support.environments import SOME_INDEX
from tests.support.faults import Take, Yard, right

# In seconds: what somebody waits for a reason.
SOON = 60.0


class Index(BaseHTTPRequestHandler):
    """What is asked for says how it is answered: its first part is the fault."""

    def do_GET(self) -> None:
        fault = self.path.split("/")[1]
        if fault == "error":
            self.answer(503, b"<h1>We are sorry</h1>")
        elif fault == "garbage":
            self.answer(200, b"\x1f\x8b\0garbage" * 100)
        elif fault == "half":
            wheel = self.path.endswith(".whl")
            page = "".join(f'<a href="/half/starlette-{each}-py3-none-any.whl">a</a>' for each in ("1.0", "1.1"))
            self.answer(200, b"PK\3\4half" if wheel else page.encode(), 10_000 if wheel else None)
        else:
            time.sleep(20)

    def answer(self, code: int, body: bytes, length: int | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library calls it so
        """Say nothing."""


@pytest.fixture(scope="module")
def index() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


FAULTS: dict[str, tuple[str, dict[str, str], str]] = {
    "an error page": ("error", {}, "503"),
    "garbage": ("garbage", {}, "could not be built: "),
    "half a file": ("half", {}, "could not be built: "),
    "very slow": ("slow", {"UV_HTTP_TIMEOUT": "1"}, "operation timed out"),
    "behind a proxy that refuses": ("proxy", {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}, "refused"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is(yard: Yard, index: str, fault: str, tmp_path: Path, seen: Take) -> None:
    path, variables, reason = FAULTS[fault]
    started = time.monotonic()
    ended = yard.upgrade(
        **{
            **variables,
            **SOME_INDEX,
            "UV_CACHE_DIR": f"{tmp_path}/cache",
            "UV_DEFAULT_INDEX": f"{index}/{path}",
            "UV_HTTP_RETRIES": "0",
        }
    )
    assert time.monotonic() - started < SOON
    seen(right(ended, Exit.NOT_OBSERVED, "could not be told", reason))
