"""The documented ASGI app, guarded: it is about behaviour, so its types agree on every release."""

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    assert scope["type"] == "http"
    response = PlainTextResponse("Hello, world!")
    await response(scope, receive, send)
