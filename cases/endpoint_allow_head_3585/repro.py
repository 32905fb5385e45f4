"""The Allow header of HTTPEndpoint's 405 leaves out HEAD, which the endpoint answers: https://github.com/Kludex/starlette/pull/3585"""

import asyncio
from inspect import signature

from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse
from starlette.routing import Route, Router


class Page(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse(f"hello {request.method}")


app = Router([Route("/", endpoint=Page)])


async def serve(app, scope, receive, send):
    """Call an app of ASGI 3, or of ASGI 2, which Starlette's were before 0.12."""
    asgi3 = len(signature(app).parameters) == 3
    await (app(scope, receive, send) if asgi3 else app(scope)(receive, send))


async def call(method):
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    await serve(app, {"type": "http", "method": method, "path": "/", "headers": []}, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"])


async def main():
    status, headers = await call("HEAD")
    if status != 200:
        raise LookupError(f"HEAD is answered with {status}")

    status, headers = await call("DELETE")
    if status != 405:
        raise LookupError(f"DELETE is answered with {status}")
    if b"allow" not in headers:
        raise LookupError("this release sends no Allow header")
    if headers[b"allow"] == b"GET":
        raise AssertionError("the endpoint answers HEAD, and Allow is 'GET'")
    if headers[b"allow"] != b"GET, HEAD":
        raise LookupError(f"Allow is {headers[b'allow']}")


asyncio.run(main())
