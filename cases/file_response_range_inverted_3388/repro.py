"""FileResponse answers Range: bytes=5-4 with 206, no content and a Content-Range that runs backwards: https://github.com/Kludex/starlette/issues/3388"""

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
        "headers": [(b"range", b"bytes=5-4")],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await FileResponse(file.name)(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
if status == 206:
    raise AssertionError(f"bytes=5-4 is answered with {status}, {headers['content-range']} and {body!r}")
if status not in (200, 400, 416):
    raise LookupError(f"status {status}, body {body!r}")
