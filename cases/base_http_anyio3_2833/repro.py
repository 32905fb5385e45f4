"""With AnyIO 3 every request through BaseHTTPMiddleware fails on a subscript: https://github.com/Kludex/starlette/pull/2833"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"answer"})


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(PassThrough(app)(scope, receive, send))
if b"answer" not in sent:
    raise LookupError(f"no answer, but {sent}")
