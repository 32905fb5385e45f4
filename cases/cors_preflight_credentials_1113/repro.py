"""A preflight response that allows credentials allows the origin "*", which browsers refuse: https://github.com/Kludex/starlette/pull/1113"""

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


async def main():
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    cors = CORSMiddleware(app, allow_origins=["*"], allow_credentials=True)
    request_headers = [(b"origin", b"https://example.org"), (b"access-control-request-method", b"GET")]
    await serve(cors, {"type": "http", "method": "OPTIONS", "path": "/", "headers": request_headers}, receive, send)
    headers = dict(sent[0]["headers"])
    if sent[0]["status"] != 200 or headers.get(b"access-control-allow-credentials") != b"true":
        raise LookupError(f"the preflight request gets {sent}")
    if headers[b"access-control-allow-origin"] == b"*":
        raise AssertionError("the preflight response allows credentials and the origin '*'")
    if headers[b"access-control-allow-origin"] != b"https://example.org":
        raise LookupError(f"the preflight request gets {headers}")


asyncio.run(main())
