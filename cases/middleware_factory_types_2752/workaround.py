"""The same middleware, made by a class whose call passes everything on."""

import asyncio

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


class Counting:
    def __init__(self, app, start):
        self.app = Counter(app, start)

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)


def view(request):
    return PlainTextResponse("hello")


async def main():
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    app = Starlette(routes=[Route("/", view)], middleware=[Middleware(Counting, start=1)])
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "root_path": ""}
    await app(scope, receive, send)
    seen = (sent[0]["status"], counts)
    if seen != (200, [2]):
        raise AssertionError(f"status and counts are {seen}")


asyncio.run(main())
