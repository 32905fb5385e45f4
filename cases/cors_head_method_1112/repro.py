"""CORSMiddleware with allow_methods=["*"] turns HEAD down: https://github.com/Kludex/starlette/pull/1112"""

import asyncio
from functools import partial
from inspect import signature

from starlette.middleware.cors import CORSMiddleware


async def endpoint(scope, receive, send):
    raise NotImplementedError("a preflight request does not get here")


def app(scope, *channels):
    """ASGI 2 and ASGI 3 in one."""
    return endpoint(scope, *channels) if channels else partial(endpoint, scope)


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def preflight(method):
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    cors = CORSMiddleware(app, allow_origins=["*"], allow_methods=["*"])
    headers = [(b"origin", b"https://example.org"), (b"access-control-request-method", method)]
    await serve(cors, {"type": "http", "method": "OPTIONS", "path": "/", "headers": headers}, receive, send)
    return sent[0]["status"], sent[1]["body"]


async def main():
    if await preflight(b"PUT") != (200, b"OK"):
        raise LookupError("PUT is not allowed either")
    answer = await preflight(b"HEAD")
    if answer == (400, b"Disallowed CORS method"):
        raise AssertionError("HEAD is disallowed although allow_methods is ['*']")
    if answer != (200, b"OK"):
        raise LookupError(f"the answer is {answer}")


asyncio.run(main())
