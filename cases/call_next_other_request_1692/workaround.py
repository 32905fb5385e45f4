"""An ASGI middleware that hands on another body."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

bodies = []


async def endpoint(scope, receive, send):
    request = Request(scope, receive)
    bodies.append(await request.body())
    await Response()(scope, receive, send)


class UpperCaseBody:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        body = await Request(scope, receive).body()
        new = [{"type": "http.request", "body": body.upper(), "more_body": False}]

        async def receive_new():
            return new.pop() if new else await receive()

        await self.app(scope, receive_new, send)


async def receive():
    return {"type": "http.request", "body": b"quiet", "more_body": False}


async def send(message):
    pass


scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
asyncio.run(UpperCaseBody(endpoint)(scope, receive, send))
if bodies != [b"QUIET"]:
    raise LookupError(f"the endpoint reads {bodies}")
