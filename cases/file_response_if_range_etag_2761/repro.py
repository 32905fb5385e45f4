"""FileResponse compares If-Range with an ETag of its own making, not with the one that the response carries: https://github.com/Kludex/starlette/pull/2761"""

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
        "headers": [(b"range", b"bytes=0-3"), (b"if-range", b'"v1"')],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await FileResponse(file.name, headers={"etag": '"v1"'})(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
if headers["etag"] != '"v1"':
    raise LookupError(f"the response's ETag is {headers['etag']}")
if (status, body) == (200, b"ghijklmnop"):
    raise AssertionError(f"If-Range with the response's own ETag is answered with {status} and {body!r}")
if (status, body) != (206, b"ghij"):
    raise LookupError(f"status {status}, body {body!r}")
