"""A websocket that tells its client the client's own address."""

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    websocket = WebSocket(scope, receive, send)
    await websocket.accept()
    host, port = websocket["client"]  # E: str-unpack
    await websocket.send_text(f"{host}:{port}")
