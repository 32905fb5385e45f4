"""A mounted app does not learn where it is mounted: https://github.com/Kludex/starlette/pull/2400"""

import asyncio
from functools import partial
from inspect import signature

from starlette.routing import Mount, Router

seen = []


async def endpoint(scope, receive, send):
    seen.append(scope["root_path"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    pass


async def main(router):
    scope = {"type": "http", "method": "GET", "path": "/sub/page", "root_path": "", "query_string": b"", "headers": []}
    if len(signature(router).parameters) == 3:
        await router(scope, receive, send)
    else:  # before 0.12
        await router(scope)(receive, send)


asyncio.run(main(Router([Mount("/sub", app=app)])))
if seen == [""]:
    raise AssertionError("under the mount at /sub the root_path is ''")
if seen != ["/sub"]:
    raise LookupError(f"the mounted app saw {seen}")
