"""A session that is changed by popitem() or |= alone is not saved: https://github.com/Kludex/starlette/pull/3436"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.sessions import SessionMiddleware


async def endpoint(scope, receive, send):
    session = scope["session"]
    if scope["path"] == "/set":
        session["user"] = "ada"
    elif scope["path"] == "/popitem":
        session.popitem()
    else:
        session |= {"user": "grace"}
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def cookie(path, headers):
    sent = []

    async def send(message):
        sent.append(message)

    protected = SessionMiddleware(app, secret_key="not a secret")
    await serve(protected, {"type": "http", "path": path, "headers": headers}, None, send)
    return dict(sent[0]["headers"]).get(b"set-cookie")


async def main():
    ada = (await cookie("/set", [])).partition(b";")[0]
    lost = [path for path in ("/popitem", "/update") if await cookie(path, [(b"cookie", ada)]) is None]
    if lost == ["/popitem", "/update"]:
        raise AssertionError(f"no cookie is set by {lost}, which change the session")
    if lost:
        raise LookupError(f"no cookie is set by {lost}")


asyncio.run(main())
