"""A FileResponse that ignores Range where several ranges are asked for."""

import asyncio
import os
import tempfile

from starlette.datastructures import Headers
from starlette.responses import FileResponse


class OneRange(FileResponse):
    async def __call__(self, scope, receive, send):
        if "," in Headers(scope=scope).get("range", ""):
            scope = {**scope, "headers": [item for item in scope["headers"] if item[0] != b"range"]}
        await super().__call__(scope, receive, send)


async def receive():
    raise LookupError("nothing is received")


async def exchange():
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "headers": [(b"range", b"bytes=0-1, 8-9")],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        response = OneRange(file.name, stat_result=os.stat(file.name))
        file.truncate(4)
        await response(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
assert (status, body) == (200, b"ghij"), (status, body)
