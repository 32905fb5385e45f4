"""A FileResponse that looks at Range for GET and HEAD alone."""

import asyncio
import tempfile

from starlette.responses import FileResponse


class GetRangesOnly(FileResponse):
    async def __call__(self, scope, receive, send):
        if scope["method"] not in ("GET", "HEAD"):
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
        "method": "POST",
        "headers": [(b"range", b"bytes=0-3")],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await GetRangesOnly(file.name)(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
assert (status, body) == (200, b"ghijklmnop"), (status, body)
