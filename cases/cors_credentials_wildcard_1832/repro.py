"""A response that allows credentials allows the origin "*": https://github.com/Kludex/starlette/issues/1832"""

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


async def get(headers):
    sent = []

    async def send(message):
        sent.append(message)

    cors = CORSMiddleware(app, allow_origins=["*"], allow_credentials=True)
    headers = [(b"origin", b"https://example.org"), *headers]
    await serve(cors, {"type": "http", "method": "GET", "path": "/", "headers": headers}, None, send)
    return dict(sent[0]["headers"])


async def main():
    headers = await get([(b"authorization", b"Bearer secret")])
    if headers.get(b"access-control-allow-credentials") != b"true":
        raise LookupError(f"credentials are not allowed at all: {headers}")
    if headers[b"access-control-allow-origin"] == b"*":
        raise AssertionError("credentials are allowed, and the allowed origin is '*'")
    if headers[b"access-control-allow-origin"] != b"https://example.org":
        raise LookupError(f"the origin gets {headers}")


asyncio.run(main())
