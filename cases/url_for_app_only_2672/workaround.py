"""The app, which is in the scope, knows the routes."""

import asyncio

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

addresses = []


class Linking:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        request = Request(scope)
        path = request.app.url_path_for("page")
        addresses.append(str(path.make_absolute_url(base_url=request.base_url)))
        await self.app(scope, receive, send)


async def page(request):
    return PlainTextResponse(str(request.url_for("page")))


async def main():
    async def send(message):
        if message["type"] == "http.response.body":
            addresses.append(message["body"].decode())

    scope = {"type": "http", "method": "GET", "path": "/page", "root_path": "", "query_string": b""}
    app = Starlette(routes=[Route("/page", page)], middleware=[Middleware(Linking)])
    await app({**scope, "headers": [(b"host", b"example.org")]}, None, send)
    assert addresses == ["http://example.org/page"] * 2, addresses


asyncio.run(main())
