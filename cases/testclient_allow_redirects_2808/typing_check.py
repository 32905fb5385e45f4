"""A request that follows no redirect: a change of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.testclient import TestClient


def test_redirect() -> None:
    client = TestClient(Starlette())
    assert client.get("/old", follow_redirects=False).status_code == 404
