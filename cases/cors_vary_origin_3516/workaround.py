"""A middleware around CORSMiddleware adds Vary: Origin where it is missing."""

import asyncio

from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware


class VaryByOrigin:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_with_vary(message):
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                if "origin" not in ", ".join(headers.getlist("vary")).lower():
                    headers.append("vary", "Origin")
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, send_with_vary)


async def endpoint(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


app = VaryByOrigin(CORSMiddleware(endpoint, allow_origins=["https://example.org"]))


async def get(headers):
    sent = []

    async def send(message):
        sent.append(message)

    await app({"type": "http", "method": "GET", "path": "/", "headers": headers}, None, send)
    return [value for name, value in sent[0]["headers"] if name == b"vary"]


async def main():
    for origin in b"https://example.org", b"https://example.com":
        assert await get([(b"origin", origin)]) == [b"Origin"]
    assert await get([]) == [b"Origin"]


asyncio.run(main())
