"""An app around another that adds the key that FileResponse takes for granted."""

import asyncio
import tempfile

from starlette.responses import FileResponse


class WithExtensions:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app({"extensions": {}, **scope}, receive, send)


async def receive():
    raise LookupError("nothing is received")


async def main():
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "method": "GET", "headers": []}
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        await WithExtensions(FileResponse(file.name))(scope, receive, send)
    return sent[0]["status"], sent[1]["body"]


answer = asyncio.run(main())
assert answer == (200, b"ghijklmnop"), answer
