"""A mounted app finds the beginning of its path cut off from scope["path"]: https://github.com/Kludex/starlette/issues/1336"""

import asyncio
from functools import partial
from inspect import signature

from starlette.routing import Mount, Router

seen = []


async def endpoint(scope, receive, send):
    seen.append(scope["path"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def receive():
    return {"type": "http.request"}


async def send(message):
    pass


scope = {"type": "http", "method": "GET", "path": "/sub/page", "root_path": "", "headers": []}
asyncio.run(serve(Router([Mount("/sub", app=app)]), scope, receive, send))
if seen == ["/page"]:
    raise AssertionError("under the mount at /sub the path of /sub/page is '/page'")
if seen != ["/sub/page"]:
    raise LookupError(f"the mounted app saw {seen}")
