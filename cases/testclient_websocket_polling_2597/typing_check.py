"""A test of an echo: a bug of behaviour, so its types agree on both sides."""

from starlette.testclient import TestClient


def test_echo(client: TestClient) -> None:
    with client.websocket_connect("/") as session:
        session.send_text("echo")
        assert session.receive_text() == "echo"
