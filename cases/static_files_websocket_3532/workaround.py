"""A subclass that refuses websockets itself."""

import asyncio
import tempfile

from starlette.staticfiles import StaticFiles


class Files(StaticFiles):
    async def __call__(self, scope, receive, send):
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            await super().__call__(scope, receive, send)


async def main():
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    with tempfile.TemporaryDirectory() as folder:
        await Files(directory=folder)({"type": "websocket", "path": "/", "headers": []}, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1000}], sent


asyncio.run(main())
