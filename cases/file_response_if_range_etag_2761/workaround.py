"""A FileResponse that knows its own ETag in If-Range."""

import asyncio
import tempfile

from starlette.datastructures import Headers
from starlette.responses import FileResponse


class OwnETag(FileResponse):
    async def __call__(self, scope, receive, send):
        if Headers(scope=scope).get("if-range") == self.headers["etag"]:
            scope = {**scope, "headers": [item for item in scope["headers"] if item[0] != b"if-range"]}
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
        "headers": [(b"range", b"bytes=0-3"), (b"if-range", b'"v1"')],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await OwnETag(file.name, headers={"etag": '"v1"'})(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
assert (status, body) == (206, b"ghij"), (status, body)
