"""The body is collected, and denies the websocket as a plain response."""

import asyncio

from starlette.responses import Response
from starlette.websockets import WebSocket


async def chunks():
    yield b"go "
    yield b"away"


async def main():
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": "/", "headers": [], "extensions": {"websocket.http.response": {}}}
    websocket = WebSocket(scope, receive, send)
    body = b"".join([chunk async for chunk in chunks()])
    await websocket.send_denial_response(Response(body, status_code=403))
    assert (sent[0]["status"], sent[1]["body"]) == (403, b"go away"), sent


asyncio.run(main())
