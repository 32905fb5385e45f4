"""The parts that FileResponse sends for several ranges have lines that end in LF alone: https://github.com/Kludex/starlette/pull/3143"""

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
        await FileResponse(file.name)(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
head, _, rest = body.partition(b"gh")
if status != 206 or not head.startswith(b"--") or not head.endswith(b"\n"):
    raise LookupError(f"status {status}, body {body!r}")
if b"\r" not in head:
    raise AssertionError(f"a part's head has {head.count(bytes([10]))} line feeds and no carriage return")
if head.count(b"\r\n") != head.count(b"\n") or not rest.startswith(b"\r\n--"):
    raise LookupError(f"the body is {body!r}")
