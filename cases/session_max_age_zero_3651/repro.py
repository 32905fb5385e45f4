"""SessionMiddleware(max_age=0) sets a cookie without any Max-Age: https://github.com/Kludex/starlette/pull/3651"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.sessions import SessionMiddleware


async def endpoint(scope, receive, send):
    scope["session"]["user"] = "ada"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def cookie(max_age):
    sent = []

    async def send(message):
        sent.append(message)

    protected = SessionMiddleware(app, secret_key="not a secret", max_age=max_age)
    await serve(protected, {"type": "http", "path": "/", "headers": []}, None, send)
    return dict(sent[0]["headers"])[b"set-cookie"].decode().lower()


async def main():
    if "; max-age=60;" not in await cookie(60):
        raise LookupError("Max-Age is never set")
    attributes = (await cookie(0)).partition(";")[2]
    if "max-age" not in attributes:
        raise AssertionError(f"with max_age=0 the cookie's attributes are '{attributes.strip()}'")
    if "; max-age=0;" not in ";" + attributes:
        raise LookupError(f"with max_age=0 the cookie's attributes are {attributes!r}")


asyncio.run(main())
