"""A test of a websocket: a bug of behaviour, so its types agree on both sides."""

from starlette.testclient import TestClient


def test_hello(client: TestClient) -> None:
    with client.websocket_connect("/") as session:
        assert session.receive_text() == "hello"
