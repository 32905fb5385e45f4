"""The mounted app takes root_path off the path, if it is there."""

import asyncio

from starlette.routing import Mount, Router

pages = {"/page": b"found"}
sent = []


async def mounted(scope, receive, send):
    path, root_path = scope["path"], scope["root_path"]
    if root_path and path.startswith(root_path + "/"):
        path = path[len(root_path) :]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": pages.get(path, b"missing")})


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/sub/page", "root_path": "", "query_string": b"", "headers": []}
asyncio.run(Router([Mount("/sub", app=mounted)])(scope, receive, send))
if sent[-1] != b"found":
    raise LookupError(f"the mounted app answered {sent}")
