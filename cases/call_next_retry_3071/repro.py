"""Calling call_next again after an exception does not give the second response: https://github.com/Kludex/starlette/issues/3071"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware

calls = []


class Retry(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        try:
            return await call_next(request)
        except LookupError:
            return await call_next(request)


async def app(scope, receive, send):
    calls.append(True)
    if len(calls) == 1:
        raise LookupError("the first call failed")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"answer"})


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(Retry(app)(scope, receive, send))
except (LookupError, RuntimeError) as error:
    if len(calls) == 2:
        raise AssertionError(f"the app was called again and the retry ended with {error!r}")
    raise
if b"answer" not in sent:
    raise ValueError(f"not the second call's answer, but {sent}")
