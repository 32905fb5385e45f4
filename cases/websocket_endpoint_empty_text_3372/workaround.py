"""The endpoint decodes its messages itself."""

import asyncio

from starlette.endpoints import WebSocketEndpoint

received = []


class Echo(WebSocketEndpoint):
    async def decode(self, _websocket, message):
        text = message.get("text")
        return message["bytes"] if text is None else text

    async def on_receive(self, _websocket, data):
        received.append(data)


async def main():
    messages = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": ""},
        {"type": "websocket.receive", "bytes": b"hello"},
        {"type": "websocket.disconnect", "code": 1000},
    ]

    async def receive():
        return messages.pop(0)

    async def send(message):
        pass

    await Echo({"type": "websocket", "path": "/", "headers": []}, receive, send)
    assert received == ["", b"hello"], received


asyncio.run(main())
