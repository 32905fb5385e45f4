"""An ASGI middleware that answers a Content-Type with a backslash, which no honest client sends, with 400."""

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse


class PlainContentTypes:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        app = self.app
        if scope["type"] == "http":
            if any(name == b"content-type" and b"\\" in value for name, value in scope["headers"]):
                app = PlainTextResponse("Bad Content-Type", status_code=400)
        await app(scope, receive, send)


async def app(scope, receive, send):
    form = await Request(scope, receive).form()
    await PlainTextResponse(form["name"])(scope, receive, send)


async def status_for(content_type):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"name=ada", "more_body": False}

    async def send(message):
        sent.append(message)

    headers = [(b"content-type", content_type)]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    await PlainContentTypes(app)(scope, receive, send)
    return sent[0]["status"]


assert asyncio.run(status_for(b"application/x-www-form-urlencoded; charset=utf-8")) == 200
assert asyncio.run(status_for(b'application/x-www-form-urlencoded; a="' + b"\\" * 100)) == 400
