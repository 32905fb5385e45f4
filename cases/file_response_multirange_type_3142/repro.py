"""FileResponse sends several ranges with the file's Content-Type and puts multipart/byteranges into Content-Range: https://github.com/Kludex/starlette/pull/3142"""

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
        "headers": [(b"range", b"bytes=0-1, 4-5")],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await FileResponse(file.name, media_type="image/png")(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
if status != 206:
    raise LookupError(f"status {status}, body {body!r}")
if headers["content-type"] == "image/png" and headers["content-range"].startswith("multipart/byteranges; boundary="):
    raise AssertionError("multipart/byteranges stands in Content-Range, Content-Type is 'image/png'")
if not headers["content-type"].startswith("multipart/byteranges; boundary=") or "content-range" in headers:
    raise LookupError(f"the headers are {headers}")
