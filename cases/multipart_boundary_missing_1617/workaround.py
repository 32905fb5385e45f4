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
            content_types = [value.lower() for name, value in scope["headers"] if name == b"content-type"]
            forms = [each for each in content_types if each.startswith(b"multipart/form-data")]
            if not all(b"boundary=" in each for each in forms):
                app = PlainTextResponse("Missing boundary", status_code=400)
        await app(scope, receive, send)


async def greet(scope, receive, send):
    form = await Request(scope, receive).form()
    await PlainTextResponse("Hello, " + form["name"])(scope, receive, send)


async def status_for(*content_types):
    sent = []

    async def receive():
        body = b'--edge\r\nContent-Disposition: form-data; name="name"\r\n\r\nada\r\n--edge--\r\n'
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "headers": [(b"content-type", each) for each in content_types],
    }
    await BoundaryRequired(greet)(scope, receive, send)
    return sent[0]["status"]


assert asyncio.run(status_for(b"multipart/form-data; boundary=edge")) == 200
assert asyncio.run(status_for(b"multipart/form-data")) == 400
assert asyncio.run(status_for(b"multipart/form-data", b"multipart/form-data; boundary=edge")) == 400
