"""A mounted app that looks at scope["path"] alone finds the mount's own path in it: https://github.com/Kludex/starlette/pull/2352"""

import asyncio

from starlette.routing import Mount, Router

pages = {"/page": b"found"}
sent = []


async def mounted(scope, receive, send):
    body = pages.get(scope["path"], b"missing: " + scope["path"].encode())
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/sub/page", "root_path": "", "query_string": b"", "headers": []}
asyncio.run(Router([Mount("/sub", app=mounted)])(scope, receive, send))
if sent[-1] == b"missing: /sub/page":
    raise AssertionError("the mounted app misses /page: its scope['path'] is '/sub/page'")
if sent[-1] != b"found":
    raise LookupError(f"the mounted app answered {sent}")
