"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio

from starlette.responses import Response


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


app = Response(b"answer")


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
