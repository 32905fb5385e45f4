"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio
import gc
import warnings

from starlette.requests import Request


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def app(scope, receive, send):
    await Request(scope, receive).body()
    raise LookupError("nothing here")


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    raise ValueError(f"nothing is sent, {message} was")


def is_ours(error):
    return isinstance(error, LookupError) or any(map(is_ours, getattr(error, "exceptions", ())))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always", ResourceWarning)
    try:
        asyncio.run(PassThrough(app)(scope, receive, send))
    except BaseException as error:
        if not is_ours(error):
            raise
    gc.collect()
for message in (str(warning.message).partition(" at ")[0] for warning in caught):
    if message.startswith("Unclosed <MemoryObject"):
        raise AssertionError(message)
