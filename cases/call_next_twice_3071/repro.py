"""Calling call_next twice in one dispatch fails with an empty AssertionError: https://github.com/Kludex/starlette/issues/3071"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware

calls = []


class Twice(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        await call_next(request)
        return await call_next(request)


async def app(scope, receive, send):
    calls.append(len(calls) + 1)
    body = b"answer %d" % calls[-1]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(Twice(app)(scope, receive, send))
if b"answer 2" not in sent:
    raise LookupError(f"not the second call's answer, but {sent}")
