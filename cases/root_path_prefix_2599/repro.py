"""Under the root_path /api the route /apiary is not found, as if /api were a segment of it: https://github.com/Kludex/starlette/issues/2599"""

import asyncio
from inspect import signature

from starlette.responses import PlainTextResponse
from starlette.routing import Route, Router


async def bees(request):
    return PlainTextResponse("bees")


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def status_of(path, root_path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "root_path": root_path,
        "query_string": b"",
        "headers": [],
        "server": ("example.org", 80),
    }
    await serve(Router(routes=[Route("/apiary", bees)]), scope, None, send)
    return sent[0]["status"]


async def main():
    status = await status_of("/apiary", "")
    if status != 200:
        raise LookupError(f"/apiary without a root_path is answered with {status}")
    status = await status_of("/apiary", "/api")
    if status != 200:
        raise AssertionError(f"/apiary under the root_path /api is answered with {status}")


asyncio.run(main())
