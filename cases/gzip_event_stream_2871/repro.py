"""GZipMiddleware compresses a stream of server-sent events: https://github.com/Kludex/starlette/pull/2871"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.gzip import GZipMiddleware

EVENT = b"data: hello\n\n"


async def endpoint(scope, receive, send):
    content_type = b"text/event-stream; charset=utf-8" if scope["path"] == "/events" else b"text/plain"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", content_type)]})
    await send({"type": "http.response.body", "body": EVENT, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def get(path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept-encoding", b"gzip")]}
    await serve(GZipMiddleware(app), scope, None, send)
    return dict(sent[0]["headers"]).get(b"content-encoding"), sent[1]["body"]


async def main():
    encoding, body = await get("/text")
    if encoding != b"gzip":
        raise LookupError(f"a stream of text has the Content-Encoding {encoding}")
    encoding, body = await get("/events")
    if encoding == b"gzip" and body != EVENT:
        raise AssertionError("a stream of server-sent events is sent with Content-Encoding: gzip")
    if (encoding, body) != (None, EVENT):
        raise LookupError(f"the events have the Content-Encoding {encoding} and begin with {body}")


asyncio.run(main())
