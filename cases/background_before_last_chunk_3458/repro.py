"""A background task runs before the last chunk of the response was sent: https://github.com/Kludex/starlette/issues/3458"""

import asyncio

from starlette.background import BackgroundTask
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response

events = []


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


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
