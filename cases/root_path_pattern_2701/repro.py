"""The root_path is taken for a regular expression: https://github.com/Kludex/starlette/pull/2701"""

import asyncio

from starlette.responses import PlainTextResponse
from starlette.routing import Route, Router


async def page(request):
    return PlainTextResponse("found")


app = Router(routes=[Route("/page", page)])


async def status_of(path, root_path):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    await app({"type": "http", "method": "GET", "path": path, "root_path": root_path, "headers": []}, receive, send)
    return sent[0]["status"]


if asyncio.run(status_of("/page", "")) != 200:
    raise ValueError("/page is not found without a root_path")
if asyncio.run(status_of("/c/page", "/c")) != 200:
    raise LookupError("the root_path is not taken off the path")
status = asyncio.run(status_of("/c+/page", "/c+"))
if status != 200:
    raise AssertionError(f"under the root_path /c+ the page is answered {status}")
