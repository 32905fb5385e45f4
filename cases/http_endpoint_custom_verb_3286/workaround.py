"""An endpoint that looks at further methods itself."""

import asyncio

from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse


class Folder(HTTPEndpoint):
    async def dispatch(self):
        if self.scope["method"] == "PROPFIND":
            response = await self.propfind(Request(self.scope, receive=self.receive))
            await response(self.scope, self.receive, self.send)
        else:
            await super().dispatch()

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


if [asyncio.run(answer(method)) for method in ("GET", "PROPFIND", "POST")] != [200, 207, 405]:
    raise LookupError("a method is not answered by its own handler")
