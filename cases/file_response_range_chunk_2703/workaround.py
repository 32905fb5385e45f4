"""A FileResponse whose chunks are larger than any range."""

import asyncio
import tempfile

from starlette.responses import FileResponse


class WholeRanges(FileResponse):
    chunk_size = 2**30


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
        "headers": [(b"range", b"bytes=0-5, 8-9")],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await WholeRanges(file.name)(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
assert status == 206, status
assert b"\nghijkl\n" in body, body
