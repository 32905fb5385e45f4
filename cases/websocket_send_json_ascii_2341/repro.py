"""WebSocket.send_json sends escapes instead of characters outside ASCII: https://github.com/Kludex/starlette/pull/2341"""

import asyncio

from starlette.websockets import WebSocket


async def main():
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    websocket = WebSocket({"type": "websocket", "path": "/", "headers": []}, receive, send)
    await websocket.accept()
    if not hasattr(websocket, "send_json"):
        raise LookupError("this release sends no JSON")
    await websocket.send_json({"name": "Ω"})
    data = sent[-1].get("text")
    if data is None:
        data = sent[-1]["bytes"].decode()
    if data.replace(" ", "") == '{"name":"\\u03a9"}':
        raise AssertionError("in JSON, Ω is sent as the six characters of \\u03a9")
    if data.replace(" ", "") != '{"name":"Ω"}':
        raise LookupError(f"{data!r} is sent")


asyncio.run(main())
