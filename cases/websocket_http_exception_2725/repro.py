"""HTTPException raised in a websocket endpoint disappears, and the handshake is never answered: https://github.com/Kludex/starlette/pull/2725"""

import asyncio
from inspect import signature

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import WebSocketRoute


async def endpoint(websocket):
    raise HTTPException(status_code=403, detail="go away")


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def main():
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": "/", "headers": [], "extensions": {"websocket.http.response": {}}}
    app = Starlette(routes=[WebSocketRoute("/", endpoint)])
    try:
        await serve(app, scope, receive, send)
    except HTTPException:
        return  # nobody handled it, and the server can tell
    if not sent:
        raise AssertionError("the app ended without an exception and answered the handshake with nothing")
    if (sent[0]["type"], sent[0]["status"]) != ("websocket.http.response.start", 403):
        raise LookupError(f"the handshake was answered with {sent}")


asyncio.run(main())
