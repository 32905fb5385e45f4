"""The new argument is given where it is asked for, and only there."""

import asyncio
import gzip
from inspect import signature
from typing import Any

from starlette.middleware.gzip import GZipResponder

BODY = b"a" * 1000
OPTIONS: dict[str, Any] = {"thread_minimum_size": 128 * 1024}


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": BODY})


async def receive() -> Any:
    raise ValueError("nothing is received")


async def main():
    sent = []

    async def send(message):
        sent.append(message)

    known = signature(GZipResponder).parameters
    responder = GZipResponder(app, 500, **{name: value for name, value in OPTIONS.items() if name in known})
    await responder({"type": "http", "headers": []}, receive, send)
    assert gzip.decompress(sent[1]["body"]) == BODY


asyncio.run(main())
