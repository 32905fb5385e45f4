"""An app around another that hides the server's pathsend extension."""

import asyncio
import tempfile

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import FileResponse


class WithoutPathsend:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        names = {name: value for name, value in scope.get("extensions", {}).items() if name != "http.response.pathsend"}
        await self.app({**scope, "extensions": names}, receive, send)


async def dispatch(request, call_next):
    return await call_next(request)


async def exchange(app):
    sent = []

    async def receive():
        await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "path": "/",
        "headers": [],
        "extensions": {"http.response.pathsend": {}},
    }
    await app(scope, receive, send)
    return b"".join(message.get("body", b"") for message in sent[1:])


with tempfile.NamedTemporaryFile() as file:
    file.write(b"ghijklmnop")
    file.flush()
    app = WithoutPathsend(BaseHTTPMiddleware(FileResponse(file.name), dispatch=dispatch))
    body = asyncio.run(exchange(app))
assert body == b"ghijklmnop", body
