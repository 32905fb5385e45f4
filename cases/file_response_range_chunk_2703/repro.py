"""FileResponse cuts each of several ranges off at chunk_size: https://github.com/Kludex/starlette/pull/2703"""

import asyncio
import tempfile

from starlette.responses import FileResponse, RangeNotSatisfiable  # noqa: F401  (the second came with Range)


async def receive():
    raise LookupError("nothing is received")


class SmallChunks(FileResponse):
    chunk_size = 4


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
        await SmallChunks(file.name)(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
if status != 206 or b"Content-Range: bytes 0-5/10" not in body:
    raise LookupError(f"status {status}, body {body!r}")
body = body.replace(b"\r\n", b"\n")
if b"\nghij\n" in body:
    raise AssertionError("of the range 0-5 only the 4 bytes of one chunk are sent")
if b"\nghijkl" not in body:
    raise LookupError(f"the body is {body!r}")
