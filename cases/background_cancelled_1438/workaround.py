"""The same with a pure ASGI middleware, which has neither a stream nor a task of its own."""

import asyncio

from starlette.background import BackgroundTask
from starlette.responses import Response

done = []


class PassThrough:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


async def background():
    try:
        for _ in range(100):
            await asyncio.sleep(0)
    except asyncio.CancelledError:
        done.append("cancelled")
        raise
    done.append("finished")


async def app(scope, receive, send):
    await Response("answer", background=BackgroundTask(background))(scope, receive, send)


async def main():
    """A client that takes the whole response and disconnects."""
    complete = asyncio.Event()
    incoming = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive():
        if incoming:
            return incoming.pop()
        await complete.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        if message.get("body"):
            complete.set()

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    await PassThrough(app)(scope, receive, send)
    for _ in range(200):
        await asyncio.sleep(0)


asyncio.run(main())
if not done:
    raise LookupError("the background task did not run")
if done != ["finished"]:
    raise AssertionError(f"the background task was {done[0]} when the client disconnected")
