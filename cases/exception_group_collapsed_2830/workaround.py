"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio

from starlette.requests import Request

ours = ExceptionGroup("of the app", [LookupError("the only one")])


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def app(scope, receive, send):
    await Request(scope, receive).body()
    raise ours


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    pass


def holds(error):
    return error is ours or any(map(holds, getattr(error, "exceptions", ())))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(PassThrough(app)(scope, receive, send))
except BaseException as error:
    if error is ours.exceptions[0]:
        raise AssertionError(f"the app raised an ExceptionGroup and {error!r} came out")
    if not holds(error):
        raise
else:
    raise ValueError("the error did not come out")
