"""A websocket that reads its session: a bug of behaviour, so its types agree on every release."""

from starlette.middleware.sessions import SessionMiddleware
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket


async def greet(scope: Scope, receive: Receive, send: Send) -> None:
    websocket = WebSocket(scope, receive, send)
    await websocket.accept()
    await websocket.send_text("Hello, " + str(websocket.session.get("user", "stranger")))


app = SessionMiddleware(greet, secret_key="not a secret")
