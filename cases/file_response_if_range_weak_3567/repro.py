"""FileResponse takes a weak ETag in If-Range for a match and sends a part of the file: https://github.com/Kludex/starlette/pull/3567"""

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
        "headers": [(b"range", b"bytes=0-3"), (b"if-range", b'W/"v1"')],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await FileResponse(file.name, headers={"etag": 'W/"v1"'})(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
if headers["etag"] != 'W/"v1"':
    raise LookupError(f"the response's ETag is {headers['etag']}")
if (status, body) == (206, b"ghij"):
    raise AssertionError(f"If-Range with a weak ETag is answered with {status} and {body!r}")
if (status, body) != (200, b"ghijklmnop"):
    raise LookupError(f"status {status}, body {body!r}")
