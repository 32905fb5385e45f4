"""GZipMiddleware swallows the trailers of a response: https://github.com/Kludex/starlette/pull/3565"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.gzip import GZipMiddleware


async def endpoint(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [], "trailers": True})
    await send({"type": "http.response.body", "body": b"hello"})
    await send({"type": "http.response.trailers", "headers": [(b"digest", b"abc")], "more_trailers": False})


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def main():
    sent = []

    async def send(message):
        sent.append(message["type"])

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"accept-encoding", b"gzip")]}
    await serve(GZipMiddleware(app), scope, None, send)
    if sent[:2] != ["http.response.start", "http.response.body"]:
        raise LookupError(f"the middleware sent {sent}")
    if sent[2:] != ["http.response.trailers"]:
        raise AssertionError(f"after the body the middleware sent {sent[2:]} instead of the trailers")


asyncio.run(main())
