"""One middleware, added before the start, that is switched on later."""

import asyncio

from starlette.applications import Starlette

sent = []


class Mark:
    on = False

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if self.on:
            sent.append("through the middleware")
        await self.app(scope, receive, send)


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    sent.append(message["type"])


def answer(app):
    sent.clear()
    scope = {"type": "http", "method": "GET", "path": "/", "root_path": "", "query_string": b"", "headers": []}
    asyncio.run(app(scope, receive, send))
    return list(sent)


app = Starlette()
app.add_middleware(Mark)
assert answer(app) == ["http.response.start", "http.response.body"]
Mark.on = True
assert answer(app) == ["through the middleware", "http.response.start", "http.response.body"]
