"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def app(scope, receive, send):
    try:
        await Request(scope, receive).body()
    except ClientDisconnect:
        pass
    else:
        raise ValueError("the app did not see that the client is gone")
    await Response("too late")(scope, receive, send)


async def receive():
    """A client that went away before its request was complete."""
    return {"type": "http.disconnect"}


async def send(message):
    pass


for _ in range(4):
    app = PassThrough(app)
scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(app(scope, receive, send))
except BaseException as error:
    while getattr(error, "exceptions", ()):
        error = error.exceptions[0]
    raise error
