"""Sending before accept() is answered by an error that asks for "websocket.connect": https://github.com/Kludex/starlette/pull/2141"""

import asyncio

from starlette.websockets import WebSocket


async def main():
    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        raise LookupError(f"{message} was sent")

    websocket = WebSocket({"type": "websocket", "path": "/", "headers": []}, receive, send)
    try:
        await websocket.send_text("hello")
    except RuntimeError as error:
        if '"websocket.accept"' not in str(error):
            raise


asyncio.run(main())
