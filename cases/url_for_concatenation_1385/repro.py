"""request.url_for() is a URL, to which no string can be added: https://github.com/Kludex/starlette/pull/1385"""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

found = []


async def page(request: Request):
    found.append(request.url_for("page") + "?again=1")
    return Response()


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    pass


scope = {
    "type": "http",
    "method": "GET",
    "scheme": "http",
    "server": ("example.org", 80),
    "path": "/page",
    "root_path": "",
    "query_string": b"",
    "headers": [],
}
asyncio.run(Router([Route("/page", page, name="page")])(scope, receive, send))
if found != ["http://example.org/page?again=1"]:
    raise LookupError(f"the address is {found}")
