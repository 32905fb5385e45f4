"""Which releases there are: asked of the index that uv is configured for, and why it does not say."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from harness.pinning.releases import ask_index
from harness.releases.index import Release
from harness.support.errors import UserError
from tests.support.factories import index, release

AS_OF = datetime(2026, 12, 31, tzinfo=UTC)
KNOWN = index(release("0.1.0", "2021-01-02T03:04:05Z"), release("0.2.0", "2022-01-02T03:04:05Z"))
WHEELS = [f"starlette-{version}-py3-none-any.whl" for version in ("0.1.0", "0.2.0")]
PAGES = {
    "right": (200, "".join(f'<a href="{wheel}">{wheel}</a>' for wheel in WHEELS)),
    "absent": (404, "there is no such page"),
    "broken": (500, "we are sorry"),
    "newer": (200, '<meta name="pypi:repository-version" content="9.0">'),
    "empty": (200, ""),
}
VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL")


class Server(BaseHTTPRequestHandler):
    """The first part of what is asked for names the answer."""

    def do_GET(self) -> None:
        code, page = PAGES[self.path.split("/")[1]]
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library calls it so
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.mark.parametrize("variable", VARIABLES)
def test_the_index_that_uv_is_configured_for_is_asked(
    address: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, f"{address}/right/")
    found = ask_index(AS_OF, KNOWN)
    assert found.releases == tuple(Release(each.version, each.uploaded, yanked=False) for each in KNOWN.releases)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("absent", "the package index does not answer: "),
        ("broken", "the package index does not answer: "),
        ("newer", "the package index does not answer: "),
        ("empty", "the package index says of Starlette what cannot be: "),
    ],
)
def test_an_index_that_does_not_say_is_one_line(
    address: str, page: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"{address}/{page}/")
    with pytest.raises(UserError) as caught:
        ask_index(AS_OF, KNOWN)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(said)
    assert len(line) > len(said)
