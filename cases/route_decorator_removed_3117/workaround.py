"""A list of routes that is filled by a decorator of one's own."""

import asyncio

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

sent = []
routes = []


def route(path, **options):
    def add(endpoint):
        routes.append(Route(path, endpoint, **options))
        return endpoint

    return add


@route("/page")
async def page(request):
    return PlainTextResponse("found")


app = Starlette(routes=routes)


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/page", "root_path": "", "query_string": b"", "headers": []}
asyncio.run(app(scope, receive, send))
if sent != [None, b"found"]:
    raise LookupError(f"the app sent {sent}")
