"""Keys that are None are taken out of the message before it is decoded."""

import asyncio

from starlette.endpoints import WebSocketEndpoint

received = []


class Echo(WebSocketEndpoint):
    encoding = "text"

    async def decode(self, websocket, message):
        message = {key: value for key, value in message.items() if value is not None}
        return await super().decode(websocket, message)

    async def on_receive(self, _websocket, data):
        received.append(data)


async def main():
    messages = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "text": "hello", "bytes": None},
        {"type": "websocket.receive", "text": None, "bytes": b"\x00"},
    ]

    async def receive():
        return messages.pop(0)

    async def send(message):
        pass

    try:
        await Echo({"type": "websocket", "path": "/", "headers": []}, receive, send)
    except RuntimeError as error:
        assert str(error) == "Expected text websocket messages, but got bytes", error
    assert received == ["hello"], received


asyncio.run(main())
