"""The Content-Range of FileResponse's 416 lacks the unit: https://github.com/Kludex/starlette/pull/3141"""

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
        "headers": [(b"range", b"bytes=10-")],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await FileResponse(file.name)(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
if status != 416:
    raise LookupError(f"status {status}, body {body!r}")
if headers["content-range"] == "*/10":
    raise AssertionError(f"the Content-Range of a 416 is {headers['content-range']!r}")
if headers["content-range"] != "bytes */10":
    raise LookupError(f"the Content-Range is {headers['content-range']!r}")
