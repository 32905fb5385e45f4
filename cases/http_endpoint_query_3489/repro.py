"""HTTPEndpoint answers QUERY with 405, whatever method query it has: https://github.com/Kludex/starlette/pull/3489"""

import asyncio

from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse


class Search(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse("shown")

    async def query(self, request):
        return PlainTextResponse("found", status_code=202)


async def answer(method):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/", "query_string": b"", "headers": []}
    await Search(scope, None, send)
    return sent[0]["status"]


if asyncio.run(answer("GET")) != 200:
    raise LookupError("GET is not answered by its own handler")
status = asyncio.run(answer("QUERY"))
if status == 405:
    raise AssertionError("QUERY is answered with 405, although there is a handler")
if status != 202:
    raise LookupError(f"QUERY is answered with {status}")
