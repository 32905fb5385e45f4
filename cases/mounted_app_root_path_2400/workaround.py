"""The mounted app is told by a wrapper where it is mounted."""

import asyncio

from starlette.routing import Mount, Router

seen = []


async def app(scope, receive, send):
    seen.append(scope["root_path"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def mount(path, app):
    async def told(scope, receive, send):
        await app({**scope, "root_path": scope.get("route_root_path", scope["root_path"])}, receive, send)

    return Mount(path, app=told)


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    pass


scope = {"type": "http", "method": "GET", "path": "/sub/page", "root_path": "", "query_string": b"", "headers": []}
asyncio.run(Router([mount("/sub", app)])(scope, receive, send))
if seen != ["/sub"]:
    raise LookupError(f"the mounted app saw {seen}")
