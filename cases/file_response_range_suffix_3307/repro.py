"""FileResponse answers 416 where Range asks for the last 100 bytes of a shorter file: https://github.com/Kludex/starlette/pull/3307"""

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
        "headers": [(b"range", b"bytes=-100")],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await FileResponse(file.name)(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
if status == 416:
    raise AssertionError(f"the last 100 bytes of a file of 10 are answered with {status}")
if (status, body) != (206, b"ghijklmnop"):
    raise LookupError(f"status {status}, body {body!r}")
