"""Starlette has no route() any more: https://github.com/Kludex/starlette/pull/3117"""

import asyncio
import warnings

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse

warnings.simplefilter("ignore", DeprecationWarning)
sent = []
app = Starlette()


@app.route("/page")
async def page(request):
    return PlainTextResponse("found")


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/page", "root_path": "", "query_string": b"", "headers": []}
asyncio.run(app(scope, receive, send))
if sent != [None, b"found"]:
    raise LookupError(f"the app sent {sent}")
