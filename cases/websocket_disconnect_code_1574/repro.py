"""A disconnect without a close code ends a WebSocketEndpoint with a TypeError: https://github.com/Kludex/starlette/pull/1574"""

import asyncio
from inspect import signature

from starlette.endpoints import WebSocketEndpoint
from starlette.routing import Router, WebSocketRoute

codes = []


class Endpoint(WebSocketEndpoint):
    async def on_disconnect(self, _websocket, close_code):
        codes.append(close_code)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def disconnect(code):
    messages = [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": code}]

    async def receive():
        return messages.pop(0)

    async def send(message):
        pass

    app = Router([WebSocketRoute("/", endpoint=Endpoint)])
    await serve(app, {"type": "websocket", "path": "/", "headers": []}, receive, send)


async def main():
    await disconnect(1001)
    await disconnect(None)
    if codes != [1001, 1000]:
        raise LookupError(f"the codes were {codes}")


asyncio.run(main())
