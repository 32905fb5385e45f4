"""FileResponse with status 404 is sent as 206 and in part where the request carries Range: https://github.com/Kludex/starlette/pull/3568"""

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
        "headers": [(b"range", b"bytes=0-3")],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await FileResponse(file.name, status_code=404)(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
if (status, body) == (206, b"ghij"):
    raise AssertionError(f"a response with status 404 is sent with {status} and {body!r}")
if (status, body) != (404, b"ghijklmnop"):
    raise LookupError(f"status {status}, body {body!r}")
