"""A body with DELETE, by TestClient.request(): a change of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.testclient import TestClient


def test_delete() -> None:
    client = TestClient(Starlette())
    assert client.request("DELETE", "/", json=[1]).status_code == 404
