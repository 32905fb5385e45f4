"""The entry is what the middleware makes of any IPv6 address."""

import asyncio

from starlette.middleware.trustedhost import TrustedHostMiddleware


async def hello(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


app = TrustedHostMiddleware(hello, allowed_hosts=["127.0.0.1", "["])


async def get(host):
    sent = []

    async def send(message):
        sent.append(message)

    await app({"type": "http", "method": "GET", "path": "/", "headers": [(b"host", host)]}, None, send)
    return sent[0]["status"]


async def main():
    assert [await get(host) for host in (b"127.0.0.1:8000", b"[::1]:8000", b"[::1]")] == [200, 200, 200]
    assert await get(b"127.0.0.2:8000") == 400


asyncio.run(main())
