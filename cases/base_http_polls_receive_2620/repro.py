"""BaseHTTPMiddleware takes messages that nobody in the app asked for: https://github.com/Kludex/starlette/pull/2620"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response

asked = []
sent = []


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def app(scope, receive, send):
    await Response("answer")(scope, receive, send)


async def receive():
    asked.append(True)
    await asyncio.Event().wait()


async def send(message):
    await asyncio.sleep(0)
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(PassThrough(app)(scope, receive, send))
if b"answer" not in sent:
    raise LookupError(f"no answer, but {sent}")
if asked:
    raise AssertionError("BaseHTTPMiddleware called receive, which nobody in the app asked it to")
