"""A base class that hands requests with a standard method on, and answers all others with 405."""

import asyncio

from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse


class StandardEndpoint(HTTPEndpoint):
    async def dispatch(self):
        if self.scope["method"] not in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            self.scope = {**self.scope, "method": "method_not_allowed"}
        await super().dispatch()


class Account(StandardEndpoint):
    async def get(self, request):
        return PlainTextResponse("shown")

    async def erase_all(self, request):
        return PlainTextResponse("erased")


async def answer(method):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/", "query_string": b"", "headers": []}
    await Account(scope, None, send)
    return sent[0]["status"], sent[1]["body"]


assert asyncio.run(answer("GET")) == (200, b"shown")
assert asyncio.run(answer("POST")) == (405, b"Method Not Allowed")
assert asyncio.run(answer("ERASE_ALL")) == (405, b"Method Not Allowed")
