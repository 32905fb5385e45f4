"""A request of the test client: a bug of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.testclient import TestClient


def test_missing() -> None:
    client = TestClient(Starlette())
    assert client.get("/").status_code == 404
