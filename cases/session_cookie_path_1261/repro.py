"""SessionMiddleware in a mounted app limits its cookie to that app's path: https://github.com/Kludex/starlette/issues/1261"""

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


async def cookie_path(root_path):
    sent = []

    async def send(message):
        sent.append(message)

    protected = SessionMiddleware(app, secret_key="not a secret")
    await serve(protected, {"type": "http", "path": "/", "root_path": root_path, "headers": []}, None, send)
    cookie = dict(sent[0]["headers"])[b"set-cookie"].decode()
    attributes = dict(part.strip().split("=", 1) for part in cookie.split(";") if "=" in part)
    if "path" not in attributes:
        raise LookupError("this release gives its cookie no path")
    return attributes["path"]


async def main():
    if await cookie_path("") != "/":
        raise LookupError("without a root_path the cookie's path is something else")
    path = await cookie_path("/sub")
    if path == "/sub":
        raise AssertionError("under the root_path /sub the cookie's path is '/sub'")
    if path != "/":
        raise LookupError(f"the cookie's path is {path!r}")


asyncio.run(main())
