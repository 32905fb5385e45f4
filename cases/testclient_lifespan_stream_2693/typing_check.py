"""A test client with a lifespan: a bug of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.testclient import TestClient


def test_start() -> None:
    with TestClient(Starlette()) as client:
        assert client.get("/").status_code == 404
