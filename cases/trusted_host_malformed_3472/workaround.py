"""What is no host with an optional port is refused before TrustedHostMiddleware looks at it."""

import asyncio
import re

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse

HOST = re.compile(rb"([\w.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]+)?")


class WellFormedHost:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        hosts = [value for name, value in scope.get("headers", ()) if name == b"host"]
        if all(HOST.fullmatch(host) for host in hosts):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("Invalid host header", status_code=400)(scope, receive, send)


async def hello(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


app = WellFormedHost(TrustedHostMiddleware(hello, allowed_hosts=["example.org"]))


async def get(host):
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    await app({"type": "http", "method": "GET", "path": "/", "headers": [(b"host", host)]}, receive, send)
    return sent[0]["status"]


async def main():
    assert await get(b"example.org") == await get(b"example.org:8000") == 200
    assert await get(b"evil.example") == await get(b"example.org:x@evil.example") == 400


asyncio.run(main())
