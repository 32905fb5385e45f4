"""A FileResponse that sends the whole file where a longer suffix of it is asked for."""

import asyncio
import os
import re
import tempfile

from starlette.datastructures import Headers
from starlette.responses import FileResponse


class ClampedSuffix(FileResponse):
    async def __call__(self, scope, receive, send):
        suffix = re.fullmatch(r"bytes=-(\d+)", Headers(scope=scope).get("range", ""))
        if suffix and int(suffix[1]) > os.stat(self.path).st_size:
            scope = {**scope, "headers": [item for item in scope["headers"] if item[0] != b"range"]}
        await super().__call__(scope, receive, send)


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
        await ClampedSuffix(file.name)(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


status, headers, body = asyncio.run(exchange())
assert (status, body) == (200, b"ghijklmnop"), (status, body)
