"""BaseHTTPMiddleware sends an empty chunk and says that more follows: https://github.com/Kludex/starlette/pull/1609"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response

chunks = []


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def app(scope, receive, send):
    await Response(status_code=204)(scope, receive, send)


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    if message["type"] == "http.response.body":
        chunks.append((message.get("body", b""), message.get("more_body", False)))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(PassThrough(app)(scope, receive, send))
if (b"", True) in chunks:
    raise AssertionError(f"an empty chunk was sent that is not the last one: {chunks}")
if chunks != [(b"", False)]:
    raise LookupError(f"not one empty chunk, but {chunks}")
