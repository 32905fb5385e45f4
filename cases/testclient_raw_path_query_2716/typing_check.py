"""An app that reads raw_path, and its test: a bug of behaviour, so its types agree on both sides."""

from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    raw_path: bytes = scope["raw_path"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": raw_path})


def test_raw_path() -> None:
    assert TestClient(app).get("/a%20b?q=1").content == b"/a%20b"
