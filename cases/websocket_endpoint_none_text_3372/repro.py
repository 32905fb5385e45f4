"""WebSocketEndpoint with encoding "text" hands None to on_receive for a binary message: https://github.com/Kludex/starlette/pull/3372"""

import asyncio
from inspect import signature

from starlette.endpoints import WebSocketEndpoint
from starlette.routing import Router, WebSocketRoute

received = []


class Echo(WebSocketEndpoint):
    encoding = "text"

    async def on_receive(self, _websocket, data):
        received.append(data)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def main():
    # A server may leave out the key that is not used, or set it to None.
    messages = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": "hello", "bytes": None},
        {"type": "websocket.receive", "text": None, "bytes": b"\x00"},
        {"type": "websocket.disconnect", "code": 1000},
    ]
    closed = []

    async def receive():
        return messages.pop(0)

    async def send(message):
        if message["type"] == "websocket.close":
            closed.append(message["code"])

    app = Router([WebSocketRoute("/", endpoint=Echo)])
    try:
        await serve(app, {"type": "websocket", "path": "/", "headers": []}, receive, send)
    except RuntimeError as error:
        if str(error) != "Expected text websocket messages, but got bytes":
            raise
    if received == ["hello", None]:
        raise AssertionError("for a binary message on_receive was called with None, not with text")
    if (received, closed) != (["hello"], [1003]):
        raise LookupError(f"received were {received}, closed was with {closed}")


asyncio.run(main())
