"""A Host route misses a request whose Host header is spelled in capitals: https://github.com/Kludex/starlette/pull/3542"""

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


app = Router([Host("api.example.org", app=endpoint)])


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
    if await get(b"api.example.org") != 200 or await get(b"www.example.org") != 404:
        raise LookupError("the host's routes do not work at all")
    status = await get(b"API.Example.org")
    if status == 404:
        raise AssertionError("Host: api.example.org is routed, Host: API.Example.org gets a 404")
    if status != 200:
        raise LookupError(f"Host: API.Example.org gets a {status}")


asyncio.run(main())
