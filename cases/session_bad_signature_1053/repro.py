"""A session cookie without a signature ends the request with BadSignature: https://github.com/Kludex/starlette/issues/1053"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.sessions import SessionMiddleware

seen = []


async def endpoint(scope, receive, send):
    seen.append(dict(scope["session"]))
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def get(cookie):
    async def send(message):
        pass

    protected = SessionMiddleware(app, secret_key="not a secret")
    await serve(protected, {"type": "http", "path": "/", "headers": [(b"cookie", cookie)]}, None, send)


async def main():
    await get(b"session=e30=.YZ.wrong")  # signed, but not by us
    await get(b"session=invalid")
    if seen != [{}, {}]:
        raise LookupError(f"the sessions were {seen}")


asyncio.run(main())
