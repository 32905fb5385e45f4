"""A response that repeats the origin of a request with a cookie lacks Vary: Origin: https://github.com/Kludex/starlette/pull/1111"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.cors import CORSMiddleware


async def endpoint(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


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
        sent.append(message)

    cors = CORSMiddleware(app, allow_origins=["*"], allow_credentials=True)
    request_headers = [(b"origin", b"https://example.org"), (b"cookie", b"user=ada")]
    await serve(cors, {"type": "http", "method": "GET", "path": "/", "headers": request_headers}, None, send)
    headers = dict(sent[0]["headers"])
    if headers.get(b"access-control-allow-origin") != b"https://example.org":
        raise LookupError(f"this release does not repeat the origin: {headers}")
    if b"vary" not in headers:
        raise AssertionError("the allowed origin is the request's, and the response has no Vary header")
    if headers[b"vary"] != b"Origin":
        raise LookupError(f"Vary is {headers[b'vary']}")


asyncio.run(main())
