"""A middleware around SessionMiddleware writes the cookie's path anew."""

import asyncio
import re

from starlette.middleware.sessions import SessionMiddleware


class CookiesForAll:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_with_path(message):
            if message["type"] == "http.response.start":
                headers = [
                    (name, re.sub(rb"(?i); path=[^;]*", b"; path=/", value) if name == b"set-cookie" else value)
                    for name, value in message["headers"]
                ]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_with_path)


async def endpoint(scope, receive, send):
    scope["session"]["user"] = "ada"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def main():
    sent = []

    async def send(message):
        sent.append(message)

    app = CookiesForAll(SessionMiddleware(endpoint, secret_key="not a secret"))
    await app({"type": "http", "path": "/", "root_path": "/sub", "headers": []}, None, send)
    assert b"; path=/;" in dict(sent[0]["headers"])[b"set-cookie"], sent


asyncio.run(main())
