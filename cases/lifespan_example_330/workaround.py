"""The documented ASGI app with a guard on the scope's type, for releases that call an app as ASGI 2."""

import asyncio

from starlette.responses import PlainTextResponse


class App:
    def __init__(self, scope):
        if scope["type"] != "http":
            raise NotImplementedError(f"no {scope['type']} here")
        self.scope = scope

    async def __call__(self, receive, send):
        response = PlainTextResponse("Hello, world!")
        await response(receive, send)


async def exchange(scope):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    await App(scope)(receive, send)
    return sent


try:
    asyncio.run(exchange({"type": "lifespan"}))
except NotImplementedError:
    pass
else:
    raise AssertionError("the guard let a lifespan scope through")

start, body = asyncio.run(exchange({"type": "http", "method": "GET", "path": "/", "headers": []}))
assert start["status"] == 200, start
assert body["body"] == b"Hello, world!", body
