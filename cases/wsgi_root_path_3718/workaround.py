"""A wrapper that hides a root_path which the path does not lie under."""

import asyncio

from starlette.middleware.wsgi import WSGIMiddleware


class Boundary:
    """Hides a root_path that the path does not lie under."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        root_path = scope.get("root_path", "").rstrip("/")
        if not (scope["path"] + "/").startswith(root_path + "/"):
            scope = {**scope, "root_path": ""}
        await self.app(scope, receive, send)


def echo(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]


async def path_info(path):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "http_version": "1.1", "method": "GET", "path": path, "root_path": "/api"}
    await Boundary(WSGIMiddleware(echo))({**scope, "query_string": b"", "headers": []}, receive, send)
    return sent[1]["body"].decode()


assert asyncio.run(path_info("/api/bees")) == "/bees"
assert asyncio.run(path_info("/apiary/bees")) == "/apiary/bees"
