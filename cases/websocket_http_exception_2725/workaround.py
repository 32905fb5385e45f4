"""The exception that is meant for websockets closes the handshake."""

import asyncio

from starlette.applications import Starlette
from starlette.exceptions import WebSocketException
from starlette.routing import WebSocketRoute


async def endpoint(websocket):
    raise WebSocketException(code=1008, reason="go away")


async def main():
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    app = Starlette(routes=[WebSocketRoute("/", endpoint)])
    await app({"type": "websocket", "path": "/", "headers": []}, receive, send)
    assert (sent[0]["type"], sent[0]["code"]) == ("websocket.close", 1008), sent


asyncio.run(main())
