"""GZipMiddleware compresses a partial response, whose Content-Range then says what is no longer true: https://github.com/Kludex/starlette/pull/3420"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.gzip import GZipMiddleware

BODY = b"a" * 1000


async def endpoint(scope, receive, send):
    partial_content = scope["path"] == "/part"
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"1000")]
    headers += [(b"content-range", b"bytes 0-999/5000")] * partial_content
    await send({"type": "http.response.start", "status": 206 if partial_content else 200, "headers": headers})
    await send({"type": "http.response.body", "body": BODY})


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
    encoding, body = await get("/whole")
    if encoding != b"gzip":
        raise LookupError(f"the whole response has the Content-Encoding {encoding}")
    encoding, body = await get("/part")
    if encoding == b"gzip" and body != BODY:
        raise AssertionError("a 206 response with a Content-Range is sent with Content-Encoding: gzip")
    if (encoding, body) != (None, BODY):
        raise LookupError(f"the partial response has the Content-Encoding {encoding} and the body {body}")


asyncio.run(main())
