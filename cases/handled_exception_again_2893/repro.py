"""An exception that dispatch handled is raised again after the response: https://github.com/Kludex/starlette/issues/2893"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response


class Handles(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        try:
            return await call_next(request)
        except LookupError:
            return Response("handled", status_code=404)


async def app(scope, receive, send):
    raise LookupError("nothing here")


sent = []
incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    sent.append(message.get("body"))


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(Handles(app)(scope, receive, send))
except LookupError:
    raise AssertionError(f"the exception that dispatch handled came out after {sent}")
if sent != [None, b"handled"]:
    raise ValueError(f"not the handler's response, but {sent}")
