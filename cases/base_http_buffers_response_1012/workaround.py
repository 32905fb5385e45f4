"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio

from starlette.responses import StreamingResponse

produced = []
sent = []
ahead = []


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def chunks():
    for number in range(50):
        produced.append(number)
        yield b"chunk"


async def app(scope, receive, send):
    await StreamingResponse(chunks())(scope, receive, send)


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    """A client that is slower than the app."""
    for _ in range(10):
        await asyncio.sleep(0)
    if message.get("body"):
        ahead.append(len(produced) - len(sent))
        sent.append(message["body"])


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
asyncio.run(PassThrough(app)(scope, receive, send))
if sent != [b"chunk"] * 50:
    raise LookupError(f"not 50 chunks, but {sent}")
if max(ahead) > 5:
    raise AssertionError(f"{max(ahead)} of 50 chunks lay in memory because the client was slow")
