"""FileResponse answers a Range with any number of parts in that many parts: https://github.com/Kludex/starlette/pull/3430"""

import asyncio
import tempfile

from starlette.responses import FileResponse, RangeNotSatisfiable  # noqa: F401  (the second came with Range)


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
        "headers": [(b"range", b"bytes=" + b",".join(b"%d-%d" % (n, n) for n in range(0, 202, 2)))],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"x" * 202)
        file.flush()
        await FileResponse(file.name)(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
if status == 206:
    parts = body.count(b"Content-Range: bytes ")
    raise AssertionError(f"{parts} ranges of a file of 202 bytes are sent as {parts} parts")
if (status, len(body)) != (200, 202):
    raise LookupError(f"status {status}, {len(body)} bytes")
