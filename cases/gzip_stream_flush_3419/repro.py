"""GZipMiddleware holds the first chunks of a streaming response back: https://github.com/Kludex/starlette/pull/3419"""

import asyncio
import zlib
from functools import partial
from inspect import signature

from starlette.middleware.gzip import GZipMiddleware

CHUNKS = [b"first ", b"second ", b"third"]
chunks_read = []
decompressor = zlib.decompressobj(16 + zlib.MAX_WBITS)


async def endpoint(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for chunk in CHUNKS:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def main():
    async def send(message):
        if message["type"] == "http.response.body":
            chunks_read.append(decompressor.decompress(message["body"]))
        elif (b"content-encoding", b"gzip") not in message["headers"]:
            raise LookupError(f"the response is not compressed: {message['headers']}")

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"accept-encoding", b"gzip")]}
    await serve(GZipMiddleware(app), scope, None, send)
    if b"".join(chunks_read) != b"".join(CHUNKS):
        raise LookupError(f"the client reads {chunks_read}")
    if chunks_read[:3] != CHUNKS:
        raise AssertionError(f"when the third chunk was sent the client can read {b''.join(chunks_read[:3])!r}")


asyncio.run(main())
