"""A FileResponse whose 416 names the unit."""

import asyncio
import tempfile

from starlette.responses import FileResponse


class UnitIn416(FileResponse):
    async def __call__(self, scope, receive, send):
        async def send_with_unit(message):
            if message.get("status") == 416:
                headers = [(name, value.replace(b"*/", b"bytes */")) for name, value in message["headers"]]
                message = {**message, "headers": headers}
            await send(message)

        await super().__call__(scope, receive, send_with_unit)


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
        await UnitIn416(file.name)(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
assert (status, headers[b"content-range"]) == (416, b"bytes */10"), (status, headers)
