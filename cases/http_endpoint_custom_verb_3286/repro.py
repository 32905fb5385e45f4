"""HTTPEndpoint answers PROPFIND with 405, whatever method propfind it has: https://github.com/Kludex/starlette/pull/3286"""

import asyncio

from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse


class Folder(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse("shown")

    async def propfind(self, request):
        return PlainTextResponse("listed", status_code=207)


async def answer(method):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/", "query_string": b"", "headers": []}
    await Folder(scope, None, send)
    return sent[0]["status"]


if asyncio.run(answer("GET")) != 200:
    raise LookupError("GET is not answered by its own handler")
status = asyncio.run(answer("PROPFIND"))
if status == 405:
    raise AssertionError("PROPFIND is answered with 405, although there is a handler")
if status != 207:
    raise LookupError(f"PROPFIND is answered with {status}")
