"""An error in the middle of a response is swallowed behind BaseHTTPMiddleware: https://github.com/Kludex/starlette/issues/1433"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"first of two", "more_body": True})
    raise LookupError("the second chunk is missing")


sent = []


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message.get("body"))


def holds(error):
    return isinstance(error, LookupError) or any(map(holds, getattr(error, "exceptions", ())))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(PassThrough(app)(scope, receive, send))
except BaseException as error:
    if not holds(error):
        raise
else:
    raise AssertionError(f"the stream's error was swallowed and the response ended with {sent[-1]!r}")
if b"first of two" not in sent:
    raise AssertionError(f"the response did not begin: {sent}")
