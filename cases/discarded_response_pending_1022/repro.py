"""Discarding call_next's response leaves the app's task pending: https://github.com/Kludex/starlette/issues/1022"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response


class Replace(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        await call_next(request)
        return Response("another answer")


async def app(scope, receive, send):
    await Response("answer")(scope, receive, send)


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message.get("body"))


async def main():
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    await Replace(app)(scope, receive, send)
    for _ in range(100):
        await asyncio.sleep(0)
    return len(asyncio.all_tasks()) - 1


pending = asyncio.run(main())
if sent != [None, b"another answer"]:
    raise LookupError(f"not the middleware's answer, but {sent}")
if pending:
    raise AssertionError(f"{pending} task is still pending after the discarded response")
