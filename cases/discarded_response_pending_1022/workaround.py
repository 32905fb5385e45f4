"""Read the response to its end before it is discarded."""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response


class Replace(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        response = await call_next(request)
        async for _ in response.body_iterator:
            pass
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
