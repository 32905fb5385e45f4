"""A file as a StreamingResponse, which stops when the client leaves."""

import asyncio
import os
import tempfile

from starlette.responses import StreamingResponse


def chunks(path, size):
    with open(path, "rb") as file:
        while chunk := file.read(size):
            yield chunk


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

    scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "method": "GET", "headers": []}
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"x" * 50)
        file.flush()
        length = str(os.stat(file.name).st_size)
        response = StreamingResponse(chunks(file.name, size=1), headers={"content-length": length})
        await response(scope, receive, send)
    return b"".join(bodies)


sent = asyncio.run(main())
assert 3 <= len(sent) < 50, len(sent)
