"""An ASGI middleware, to be the outermost one, that answers a path without a leading slash with 400."""

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse


class RootedPaths:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        app = self.app
        if scope["type"] in ("http", "websocket") and not scope["path"].startswith("/"):
            app = PlainTextResponse("Bad path", status_code=400)
        await app(scope, receive, send)


async def hello(scope, receive, send):
    await PlainTextResponse(f"You are at {Request(scope).url.hostname}")(scope, receive, send)


async def answer(path):
    sent = []

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"example.org")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    await RootedPaths(hello)(scope, None, send)
    return sent[0]["status"], sent[1]["body"]


assert asyncio.run(answer("/@evil.example")) == (200, b"You are at example.org")
assert asyncio.run(answer("@evil.example")) == (400, b"Bad path")
