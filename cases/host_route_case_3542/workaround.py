"""A wrapper lowers the Host header before the routes see it."""

import asyncio

from starlette.routing import Host, Router


class LowerHost:
    """Writes the name in the Host header in small letters for the app that it wraps."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] in ("http", "websocket"):
            headers = [(name, value.lower() if name == b"host" else value) for name, value in scope["headers"]]
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, send)


async def hello(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


app = LowerHost(Router([Host("api.example.org", app=hello)]))


async def get(host):
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    await app({"type": "http", "method": "GET", "path": "/", "headers": [(b"host", host)]}, receive, send)
    return sent[0]["status"]


async def main():
    assert await get(b"api.example.org") == 200
    assert await get(b"API.Example.org") == 200
    assert await get(b"www.example.org") == 404


asyncio.run(main())
