"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio
import sys

from starlette.requests import Request


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def app(scope, receive, send):
    body = await Request(scope, receive).body()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


sent = []
left = []
incoming = [{"type": "http.request", "body": b"answer", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message.get("body"))


async def main():
    sys.set_asyncgen_hooks(finalizer=lambda generator: left.append(generator.__qualname__))
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    await PassThrough(PassThrough(app))(scope, receive, send)


asyncio.run(main())
if b"answer" not in sent:
    raise LookupError(f"no answer, but {sent}")
unclosed = left.count("Request.stream")
if unclosed:
    raise AssertionError(f"{unclosed} generators of Request.stream were left to the garbage collector")
