"""A FileResponse behind BaseHTTPMiddleware fails an assertion under a server that offers pathsend: https://github.com/Kludex/starlette/issues/2613"""

import asyncio
import tempfile

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import FileResponse


async def dispatch(request, call_next):
    return await call_next(request)


async def exchange(path, extensions):
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
        "extensions": extensions,
    }
    await BaseHTTPMiddleware(FileResponse(path), dispatch=dispatch)(scope, receive, send)
    return b"".join(message.get("body", b"") or message.get("path", "").encode() for message in sent[1:])


with tempfile.NamedTemporaryFile() as file:
    file.write(b"ghijklmnop")
    file.flush()
    without = asyncio.run(exchange(file.name, {}))
    if without != b"ghijklmnop":
        raise LookupError(f"a server without pathsend got {without!r}")
    offered = asyncio.run(exchange(file.name, {"http.response.pathsend": {}}))
    if offered not in (b"ghijklmnop", file.name.encode()):
        raise LookupError(f"a server with pathsend got {offered!r}")
