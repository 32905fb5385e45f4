"""A Host route for one IPv6 address takes the requests for every IPv6 address, or for none: https://github.com/Kludex/starlette/pull/3472"""

import asyncio
from functools import partial
from inspect import signature

from starlette.routing import Host, Router


async def hello(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


def endpoint(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return hello(scope, *channels) if channels else partial(hello, scope)


app = Router([Host("[::1]", app=endpoint), Host("127.0.0.1", app=endpoint)])


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
    return sent[0]["status"]


async def main():
    if await get(b"127.0.0.1:8000") != 200 or await get(b"127.0.0.2:8000") != 404:
        raise LookupError("the hosts' routes do not work at all")
    own, other = await get(b"[::1]:8000"), await get(b"[::2]:8000")
    if own == other:
        raise AssertionError(f"the route for the host [::1] answers [::1] with {own} and [::2] with {other}")
    if (own, other) != (200, 404):
        raise LookupError(f"the statuses are {own} and {other}")


asyncio.run(main())
