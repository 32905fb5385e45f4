"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio

from starlette.requests import Request


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def app(scope, receive, send):
    await Request(scope, receive).body()
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
