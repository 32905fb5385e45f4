"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio

from starlette.background import BackgroundTask
from starlette.responses import Response

begun = []
failure = LookupError("the background task failed")


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def background():
    begun.append(True)
    raise failure


async def app(scope, receive, send):
    await Response("answer", background=BackgroundTask(background))(scope, receive, send)


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    pass


def is_ours(error):
    return error is failure or any(map(is_ours, getattr(error, "exceptions", ())))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(PassThrough(app)(scope, receive, send))
except BaseException as error:
    if not is_ours(error):
        raise
else:
    if not begun:
        raise ValueError("the background task did not run")
    raise AssertionError("the background task's error was lost")
