"""FileResponse raises KeyError: 'extensions' under a server that puts no extensions into the scope: https://github.com/Kludex/starlette/pull/2438"""

import asyncio
import tempfile

from starlette.responses import FileResponse


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
        await FileResponse(file.name)(scope, receive, send)
    return sent[0]["status"], sent[1]["body"]


answer = asyncio.run(main())
if answer != (200, b"ghijklmnop"):
    raise LookupError(f"the answer is {answer}")
