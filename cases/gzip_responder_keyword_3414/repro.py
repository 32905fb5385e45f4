"""GZipResponder cannot be made without an argument that is new: https://github.com/Kludex/starlette/issues/3414"""

import asyncio
import gzip

from starlette.middleware.gzip import GZipResponder

BODY = b"a" * 1000


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": BODY})


async def main():
    sent = []

    async def send(message):
        sent.append(message)

    responder = GZipResponder(app, 500)
    await responder({"type": "http", "headers": []}, None, send)
    if gzip.decompress(sent[1]["body"]) != BODY:
        raise LookupError(f"the body is {sent[1]['body']}")


asyncio.run(main())
