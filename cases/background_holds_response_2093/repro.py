"""The end of the response waits for its background task behind BaseHTTPMiddleware: https://github.com/Kludex/starlette/issues/2093"""

import asyncio

from starlette.background import BackgroundTask
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response

begun = []
complete = []
held_back = []


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def background():
    """Work that goes on for a while; the client can have the response meanwhile."""
    begun.append(True)
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
if not begun:
    raise LookupError("the background task did not run")
if held_back:
    raise AssertionError("the response was held back until the background task had ended")
