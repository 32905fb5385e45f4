"""WebSocketEndpoint takes an empty text message for a binary one: KeyError: 'bytes': https://github.com/Kludex/starlette/pull/3372"""

import asyncio
from inspect import signature

from starlette.endpoints import WebSocketEndpoint
from starlette.routing import Router, WebSocketRoute

received = []


class Echo(WebSocketEndpoint):
    async def on_receive(self, _websocket, data):
        received.append(data)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def main():
    messages = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": "hello"},
        {"type": "websocket.receive", "text": ""},
        {"type": "websocket.disconnect", "code": 1000},
    ]

    async def receive():
        return messages.pop(0)

    async def send(message):
        pass

    app = Router([WebSocketRoute("/", endpoint=Echo)])
    await serve(app, {"type": "websocket", "path": "/", "headers": []}, receive, send)
    if received != ["hello", ""]:
        raise LookupError(f"received were {received}")


asyncio.run(main())
