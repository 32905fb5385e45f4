"""The endpoint says itself that it answers HEAD."""

import asyncio

from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse


class Page(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse(f"hello {request.method}")

    head = get


async def call(method):
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    await Page({"type": "http", "method": method, "path": "/", "headers": []}, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"])


async def main():
    assert (await call("HEAD"))[0] == 200
    status, headers = await call("DELETE")
    assert (status, headers[b"allow"]) == (405, b"GET, HEAD"), headers


asyncio.run(main())
