"""A request of the test client: a bug of behaviour, so its types agree on both sides."""

from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient


def test_hello() -> None:
    assert TestClient(PlainTextResponse("hello")).get("/").status_code == 200
