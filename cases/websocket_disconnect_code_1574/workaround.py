"""A wrapper puts a code into a disconnect that has none."""

import asyncio

from starlette.endpoints import WebSocketEndpoint

codes = []


class Endpoint(WebSocketEndpoint):
    async def on_disconnect(self, _websocket, close_code):
        codes.append(close_code)


async def app(scope, receive, send):
    async def receive_with_code():
        message = await receive()
        if message["type"] == "websocket.disconnect" and message.get("code") is None:
            message = {**message, "code": 1000}
        return message

    await Endpoint(scope, receive_with_code, send)


async def main():
    messages = [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": None}]

    async def receive():
        return messages.pop(0)

    async def send(message):
        pass

    await app({"type": "websocket", "path": "/", "headers": []}, receive, send)
    assert codes == [1000], codes


asyncio.run(main())
