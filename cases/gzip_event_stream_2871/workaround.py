"""A stream of events that says Content-Encoding: identity is passed on as it is."""

import asyncio

from starlette.middleware.gzip import GZipMiddleware

CHUNKS = [b"data: hello\n\n", b"data: goodbye\n\n"]


async def app(scope, receive, send):
    headers = [(b"content-type", b"text/event-stream"), (b"content-encoding", b"identity")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
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
