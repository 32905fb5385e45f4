"""The same handler, given to Starlette itself, which takes both kinds and puts the middleware in."""

import asyncio

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def failing(request):
    raise ValueError("no tea")


async def sorry(request, error):
    return PlainTextResponse(f"sorry, {error}", status_code=409)


async def main():
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    app = Starlette(routes=[Route("/", failing)], exception_handlers={ValueError: sorry})
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "root_path": ""}
    await app(scope, receive, send)
    seen = (sent[0]["status"], sent[1]["body"])
    if seen != (409, b"sorry, no tea"):
        raise AssertionError(f"the response is {seen}")


asyncio.run(main())
