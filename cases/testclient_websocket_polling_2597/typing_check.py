"""The app that a test of a websocket drives: a bug of behaviour, so its types agree on both sides."""

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    session = WebSocket(scope, receive, send)
    await session.accept()
    await session.send_text(await session.receive_text())
    await session.close()
