"""A websocket handshake that reaches StaticFiles fails an assertion instead of being refused: https://github.com/Kludex/starlette/pull/3532"""

import asyncio
import tempfile
from inspect import signature

from starlette.staticfiles import StaticFiles


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

    scope = {"type": "websocket", "path": "/page.txt", "root_path": "", "headers": []}
    with tempfile.TemporaryDirectory() as folder:
        await serve(StaticFiles(directory=folder), scope, receive, send)
    if [message["type"] for message in sent] != ["websocket.close"]:
        raise LookupError(f"the handshake is answered with {sent}")


asyncio.run(main())
