"""A test with a websocket: a change of behaviour, so its types agree on every release."""

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket


async def listen(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())


def check() -> None:
    with TestClient(Starlette(routes=[WebSocketRoute("/ws", listen)])).websocket_connect("/ws") as session:
        session.send_text("hello")
        assert session.receive_text() == "hello"
