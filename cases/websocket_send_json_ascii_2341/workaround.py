"""The text of the JSON is made by the program."""

import asyncio
import json

from starlette.websockets import WebSocket


async def main():
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    websocket = WebSocket({"type": "websocket", "path": "/", "headers": []}, receive, send)
    await websocket.accept()
    await websocket.send_text(json.dumps({"name": "Ω"}, ensure_ascii=False, separators=(",", ":")))
    assert sent[-1]["text"] == '{"name":"Ω"}', sent


asyncio.run(main())
