"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio

from starlette.background import BackgroundTask
from starlette.responses import Response

events = []


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def background():
    events.append("background task")


async def app(scope, receive, send):
    await Response("answer", background=BackgroundTask(background))(scope, receive, send)


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    """A client that is slower than the event loop."""
    for _ in range(10):
        await asyncio.sleep(0)
    if message["type"] == "http.response.body" and not message.get("more_body", False):
        events.append("last chunk")


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(PassThrough(app)(scope, receive, send))
if sorted(events) != ["background task", "last chunk"]:
    raise LookupError(f"not one last chunk and one background task, but {events}")
if events[0] != "last chunk":
    raise AssertionError("the background task ran before the last chunk was sent")
