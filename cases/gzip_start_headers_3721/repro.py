"""GZipMiddleware requires the optional headers of http.response.start: https://github.com/Kludex/starlette/pull/3721"""

import asyncio

from starlette.middleware.gzip import GZipMiddleware


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": b"answer" * 200})


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message)


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [(b"accept-encoding", b"gzip")]}
asyncio.run(GZipMiddleware(app)(scope, receive, send))
if sent[0]["status"] != 200 or not sent[1]["body"]:
    raise LookupError(f"no answer, but {sent}")
