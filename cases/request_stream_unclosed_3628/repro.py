"""BaseHTTPMiddleware leaves unfinished generators of Request.stream to the garbage collector: https://github.com/Kludex/starlette/pull/3628"""

import asyncio
import sys

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def app(scope, receive, send):
    body = await Request(scope, receive).body()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


sent = []
left = []
incoming = [{"type": "http.request", "body": b"answer", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message.get("body"))


async def main():
    sys.set_asyncgen_hooks(finalizer=lambda generator: left.append(generator.__qualname__))
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    await PassThrough(PassThrough(app))(scope, receive, send)


asyncio.run(main())
if b"answer" not in sent:
    raise LookupError(f"no answer, but {sent}")
unclosed = left.count("Request.stream")
if unclosed:
    raise AssertionError(f"{unclosed} generators of Request.stream were left to the garbage collector")
