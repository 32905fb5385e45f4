"""A wrapper names the server in the scope where the socket has no name."""

import asyncio

from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware


class NamedServer:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and scope.get("server") is None:
            scope = {**scope, "server": ("example.org", 80)}
        await self.app(scope, receive, send)


async def endpoint(scope, receive, send):
    raise NotImplementedError("a request without encryption does not get here")


async def main():
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": b"", "headers": []}
    await NamedServer(HTTPSRedirectMiddleware(endpoint))({**scope, "server": None}, None, send)
    assert dict(sent[0]["headers"])[b"location"] == b"https://example.org/", sent


asyncio.run(main())
