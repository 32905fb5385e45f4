"""A wrapper gives a mounted app its whole path, on every release."""

import asyncio

from starlette.routing import Mount, Router

seen = []


class WholePath:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        root_path = scope.get("root_path", "")
        if not scope["path"].startswith(root_path):
            scope = {**scope, "path": root_path + scope["path"]}
        await self.app(scope, receive, send)


async def app(scope, receive, send):
    seen.append(scope["path"])


scope = {"type": "http", "method": "GET", "path": "/sub/page", "root_path": "", "headers": []}
asyncio.run(Router([Mount("/sub", app=WholePath(app))])(scope, None, None))
assert seen == ["/sub/page"], seen
