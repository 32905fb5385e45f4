"""A partial response that says Content-Encoding: identity is passed on as it is."""

import asyncio

from starlette.middleware.gzip import GZipMiddleware

CHUNKS = [b"a" * 1000]


async def app(scope, receive, send):
    headers = [
        (b"content-type", b"text/plain"),
        (b"content-encoding", b"identity"),
        (b"content-range", b"bytes 0-999/5000"),
    ]
    await send({"type": "http.response.start", "status": 206, "headers": headers})
    for chunk in CHUNKS:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def main():
    bodies = []

    async def send(message):
        if message["type"] == "http.response.body":
            bodies.append(message["body"])

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"accept-encoding", b"gzip")]}
    await GZipMiddleware(app)(scope, None, send)
    assert bodies == [*CHUNKS, b""], bodies


asyncio.run(main())
