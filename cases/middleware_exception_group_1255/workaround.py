"""A pure ASGI middleware: no task group stands between the view's exception and the caller."""

import asyncio

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route


class PassThrough:
    """Adds a header to every response, as a BaseHTTPMiddleware would, and leaves exceptions alone."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_with_header(message):
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"x-seen", b"yes")]}
            await send(message)

        await self.app(scope, receive, send_with_header)


async def view(request):
    raise RuntimeError("oops")


app = Starlette(routes=[Route("/", endpoint=view)], middleware=[Middleware(PassThrough)] * 2)


async def main():
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        missing = await client.get("/missing")
        assert missing.headers["x-seen"] == "yes, yes", missing.headers
        try:
            await client.get("/")
        except RuntimeError as error:
            assert str(error) == "oops", error
        else:
            raise AssertionError("the view's exception was swallowed")


asyncio.run(main())
