"""A FileResponse that has answered a Range request keeps that answer's headers for the next request: https://github.com/Kludex/starlette/pull/3144"""

import asyncio
import tempfile

from starlette.responses import FileResponse, RangeNotSatisfiable  # noqa: F401  (the second came with Range)


async def receive():
    raise LookupError("nothing is received")


async def exchange(response, headers):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "method": "GET", "headers": headers}
    await response(scope, receive, send)
    answer = dict(sent[0]["headers"])
    return sent[0]["status"], answer[b"content-length"], answer.get(b"content-range"), sent[1]["body"]


async def main():
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        response = FileResponse(file.name)
        return await exchange(response, [(b"range", b"bytes=0-3")]), await exchange(response, [])


part, whole = asyncio.run(main())
if part != (206, b"4", b"bytes 0-3/10", b"ghij"):
    raise LookupError(f"the request with Range is answered {part}")
if whole == (200, b"4", b"bytes 0-3/10", b"ghijklmnop"):
    raise AssertionError("the whole file, of 10 bytes, is sent with Content-Length 4 and Content-Range 'bytes 0-3/10'")
if whole != (200, b"10", None, b"ghijklmnop"):
    raise LookupError(f"the request without Range is answered {whole}")
