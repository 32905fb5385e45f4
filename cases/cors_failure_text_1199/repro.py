"""The text of a failed preflight request names the headers once for each header: https://github.com/Kludex/starlette/pull/1199"""

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

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    headers = [
        (b"origin", b"https://example.org"),
        (b"access-control-request-method", b"GET"),
        (b"access-control-request-headers", requested),
    ]
    cors = CORSMiddleware(app, allow_origins=["*"])
    await serve(cors, {"type": "http", "method": "OPTIONS", "path": "/", "headers": headers}, receive, send)
    return sent[0]["status"], sent[1]["body"]


async def main():
    if await preflight(b"x-one") != (400, b"Disallowed CORS headers"):
        raise LookupError("a header is not disallowed")
    status, text = await preflight(b"x-one, x-two, x-three")
    if text == b"Disallowed CORS headers, headers, headers":
        raise AssertionError("the text is 'Disallowed CORS headers, headers, headers'")
    if (status, text) != (400, b"Disallowed CORS headers"):
        raise LookupError(f"the answer is {status}, {text}")


asyncio.run(main())
