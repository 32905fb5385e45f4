"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio

from starlette.background import BackgroundTask
from starlette.responses import Response

complete = []
held_back = []


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def background():
    """Work that goes on for a while; the client can have the response meanwhile."""
    for _ in range(100):
        if complete:
            return
        await asyncio.sleep(0)
    held_back.append(True)


async def app(scope, receive, send):
    await Response("answer", background=BackgroundTask(background))(scope, receive, send)


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    if message["type"] == "http.response.body" and not message.get("more_body", False):
        complete.append(True)


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(PassThrough(app)(scope, receive, send))
if not complete:
    raise LookupError("the response was never complete")
if held_back:
    raise AssertionError("the response was held back until the background task had ended")
