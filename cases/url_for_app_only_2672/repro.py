"""request.url_for fails in a middleware, where the scope holds the app and not yet the router: https://github.com/Kludex/starlette/pull/2672"""

import asyncio
from inspect import signature

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse

addresses = []


class Linking:
    """A middleware of ASGI 2 and of ASGI 3."""

    def __init__(self, app):
        self.app = app

    def __call__(self, scope, *channels):
        addresses.append(str(Request(scope).url_for("page")))
        return self.app(scope, *channels)


async def page(request):
    return PlainTextResponse(str(request.url_for("page")))


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def get(app):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/page",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"example.org")],
        "scheme": "http",
        "server": ("example.org", 80),
    }
    await serve(app, scope, None, send)
    return sent[1]["body"].decode()


async def main():
    app = Starlette()
    app.add_route("/page", page)
    address = await get(app)
    if not address.endswith("/page"):
        raise LookupError(f"in the endpoint url_for gives {address}")
    app = Starlette()
    app.add_route("/page", page)
    app.add_middleware(Linking)
    addresses.append(await get(app))
    if addresses != [address] * 2:
        raise LookupError(f"url_for gives {addresses}")


asyncio.run(main())
