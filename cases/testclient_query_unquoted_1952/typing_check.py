"""A request with a parameter: a bug of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.testclient import TestClient


def test_missing() -> None:
    assert TestClient(Starlette()).get("/", params={"text": "a&b=c"}).status_code == 404
