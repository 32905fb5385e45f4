"""FileResponse goes on reading and sending the file to a client that has left: https://github.com/Kludex/starlette/pull/3523"""

import asyncio
import tempfile

from starlette.responses import FileResponse


class SmallChunks(FileResponse):
    chunk_size = 1


async def main():
    left = asyncio.Event()
    bodies = []

    async def receive():
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        if message["type"] == "http.response.body":
            bodies.append(message["body"])
            if len(bodies) == 3:
                left.set()

    # Before version 2.4 of the specification, send() tells nobody that the client has left.
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "method": "GET",
        "headers": [],
        "extensions": {},
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"x" * 50)
        file.flush()
        await SmallChunks(file.name)(scope, receive, send)
    return b"".join(bodies)


sent = asyncio.run(main())
if len(sent) < 3:
    raise LookupError(f"only {sent!r} was sent")
if len(sent) == 50:
    raise AssertionError(f"all {len(sent)} bytes were sent, 47 of them after the client had left")
