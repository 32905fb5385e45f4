"""A preflight response repeats the requested headers without varying by them: https://github.com/Kludex/starlette/pull/3517"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.cors import CORSMiddleware


async def endpoint(scope, receive, send):
    raise NotImplementedError("a preflight request does not get here")


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def preflight(requested):
    sent = []

    async def send(message):
        sent.append(message)

    headers = [
        (b"origin", b"https://example.org"),
        (b"access-control-request-method", b"GET"),
        (b"access-control-request-headers", requested),
    ]
    cors = CORSMiddleware(app, allow_origins=["https://example.org"], allow_headers=["*"])
    scope = {"type": "http", "method": "OPTIONS", "path": "/", "headers": headers}
    await serve(cors, scope, None, send)
    return sent[0]["status"], dict(sent[0]["headers"])


async def main():
    for requested in b"x-one", b"x-two":
        status, headers = await preflight(requested)
        if status != 200:
            raise LookupError(f"the preflight request gets a {status}")
        if headers.get(b"access-control-allow-headers") != requested:
            raise LookupError("this release does not repeat the requested headers")
        vary = headers.get(b"vary", b"").decode().lower()
        if "access-control-request-headers" not in vary:
            raise AssertionError(f"the preflight response that allows {requested} varies by {vary!r} alone")


asyncio.run(main())
