"""A wrapper that hides a root_path which the path does not lie under."""

import asyncio

from starlette.responses import PlainTextResponse
from starlette.routing import Route, Router


class Boundary:
    """Hides a root_path that the path does not lie under."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        root_path = scope.get("root_path", "").rstrip("/")
        if not (scope["path"] + "/").startswith(root_path + "/"):
            scope = {**scope, "root_path": ""}
        await self.app(scope, receive, send)


async def bees(request):
    return PlainTextResponse("bees")


async def status_of(path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "root_path": "/api", "query_string": b"", "headers": []}
    await Boundary(Router(routes=[Route("/apiary", bees)]))(scope, None, send)
    return sent[0]["status"]


assert asyncio.run(status_of("/apiary")) == 200
assert asyncio.run(status_of("/api/apiary")) == 200
