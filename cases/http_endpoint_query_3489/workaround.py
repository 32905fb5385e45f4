"""An endpoint that looks at QUERY itself."""

import asyncio

from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse


class Search(HTTPEndpoint):
    async def dispatch(self):
        if self.scope["method"] == "QUERY":
            response = await self.query(Request(self.scope, receive=self.receive))
            await response(self.scope, self.receive, self.send)
        else:
            await super().dispatch()

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


if [asyncio.run(answer(method)) for method in ("GET", "QUERY", "POST")] != [200, 202, 405]:
    raise LookupError("a method is not answered by its own handler")
