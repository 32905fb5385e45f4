"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio

from starlette.responses import Response

asked = []
sent = []


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def app(scope, receive, send):
    await Response("answer")(scope, receive, send)


async def receive():
    asked.append(True)
    await asyncio.Event().wait()


async def send(message):
    await asyncio.sleep(0)
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(PassThrough(app)(scope, receive, send))
if b"answer" not in sent:
    raise LookupError(f"no answer, but {sent}")
if asked:
    raise AssertionError("BaseHTTPMiddleware called receive, which nobody in the app asked it to")
