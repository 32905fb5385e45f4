"""The same middleware, handed over as a factory that the type checker does not look into."""

import asyncio
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

counts = []


class Counter:
    def __init__(self, app, start):
        self.app = app
        self.count = start

    async def __call__(self, scope, receive, send):
        self.count += 1
        counts.append(self.count)
        await self.app(scope, receive, send)


def view(request):
    return PlainTextResponse("hello")


async def main():
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    counter: Any = Counter
    app = Starlette(routes=[Route("/", view)], middleware=[Middleware(counter, start=1)])
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "root_path": ""}
    await app(scope, receive, send)
    if (sent[0]["status"], counts) != (200, [2]):
        raise AssertionError(f"status and counts are {sent[0]['status']}, {counts}")


asyncio.run(main())
