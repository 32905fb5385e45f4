"""TrustedHostMiddleware lets a malformed Host header pass if what is before its first colon is allowed: https://github.com/Kludex/starlette/pull/3472"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.trustedhost import TrustedHostMiddleware


async def hello(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


def endpoint(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return hello(scope, *channels) if channels else partial(hello, scope)


app = TrustedHostMiddleware(endpoint, allowed_hosts=["example.org"])


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def get(host):
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    await serve(app, {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", host)]}, receive, send)
    return sent[0]["status"], sent[1]["body"]


async def main():
    if await get(b"example.org:8000") != (200, b"hello") or (await get(b"evil.example"))[0] != 400:
        raise LookupError("hosts with a port are not told apart")
    answer = await get(b"example.org:x@evil.example")
    if answer == (200, b"hello"):
        raise AssertionError("Host: example.org:x@evil.example is let in because example.org is allowed")
    if answer != (400, b"Invalid host header"):
        raise LookupError(f"Host: example.org:x@evil.example gets {answer}")


asyncio.run(main())
