"""An ASGI middleware that answers a multipart form without a boundary with 400."""

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse


class BoundaryRequired:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        app = self.app
        if scope["type"] == "http":
            content_type = dict(scope["headers"]).get(b"content-type", b"").lower()
            if content_type.startswith(b"multipart/form-data") and b"boundary=" not in content_type:
                app = PlainTextResponse("Missing boundary", status_code=400)
        await app(scope, receive, send)


async def greet(scope, receive, send):
    form = await Request(scope, receive).form()
    await PlainTextResponse("Hello, " + form["name"])(scope, receive, send)


async def status_for(content_type):
    sent = []

    async def receive():
        body = b'--edge\r\nContent-Disposition: form-data; name="name"\r\n\r\nada\r\n--edge--\r\n'
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-type", content_type)]}
    await BoundaryRequired(greet)(scope, receive, send)
    return sent[0]["status"]


assert asyncio.run(status_for(b"multipart/form-data; boundary=edge")) == 200
assert asyncio.run(status_for(b"multipart/form-data")) == 400
