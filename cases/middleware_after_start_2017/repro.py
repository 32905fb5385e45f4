"""An app that has served a request takes no more middleware: https://github.com/Kludex/starlette/pull/2017"""

import asyncio

from starlette.applications import Starlette

sent = []


class Mark:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
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
if answer(app) != ["http.response.start", "http.response.body"]:
    raise LookupError(f"the first request ended in {sent}")
app.add_middleware(Mark)
if answer(app) != ["through the middleware", "http.response.start", "http.response.body"]:
    raise LookupError(f"the second request ended in {sent}")
