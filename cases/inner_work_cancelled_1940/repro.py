"""An inner middleware's work after the last chunk is cancelled behind BaseHTTPMiddleware: https://github.com/Kludex/starlette/pull/1940"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import StreamingResponse

work = []


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


class WorkAfterwards:
    """A pure ASGI middleware that has something to do once the last chunk is sent."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_and_work(message):
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                work.append("begun")
                for _ in range(100):
                    await asyncio.sleep(0)
                work.append("ended")

        await self.app(scope, receive, send_and_work)


async def app(scope, receive, send):
    async def chunks():
        yield b"answer"

    await StreamingResponse(chunks())(scope, receive, send)


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(PassThrough(WorkAfterwards(app))(scope, receive, send))
if b"answer" not in sent or not work:
    raise LookupError(f"no answer or no work, but {sent}, {work}")
if work != ["begun", "ended"]:
    raise AssertionError("the inner middleware's work was cancelled although the client is there")
