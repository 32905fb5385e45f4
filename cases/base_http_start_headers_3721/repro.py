"""BaseHTTPMiddleware requires the optional headers of http.response.start: https://github.com/Kludex/starlette/pull/3721"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": b"answer"})


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message)


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(PassThrough(app)(scope, receive, send))
except BaseException as error:
    while getattr(error, "exceptions", ()):
        error = error.exceptions[0]
    raise error
if [sent[0]["status"], sent[1]["body"]] != [200, b"answer"]:
    raise LookupError(f"no answer, but {sent}")
