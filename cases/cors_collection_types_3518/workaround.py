"""The same configuration, as sorted lists."""

import asyncio

from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse

ORIGIN = "https://example.org"


async def main():
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    app = CORSMiddleware(PlainTextResponse("hello"), allow_origins=sorted({ORIGIN}), allow_methods=sorted({"GET"}))
    headers = [(b"origin", ORIGIN.encode())]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers}
    await app(scope, receive, send)
    allowed = dict(sent[0]["headers"]).get(b"access-control-allow-origin")
    if allowed != ORIGIN.encode():
        raise AssertionError(f"the allowed origin is {allowed}")


asyncio.run(main())
