"""With stacked BaseHTTPMiddleware a client that disconnects causes "No response returned.": https://github.com/Kludex/starlette/issues/2516"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

reached = []


class PassThrough(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)


async def app(scope, receive, send):
    try:
        await Request(scope, receive).body()
    except ClientDisconnect:
        reached.append(True)
    else:
        raise ValueError("the app did not see that the client is gone")
    await Response("too late")(scope, receive, send)


async def receive():
    """A client that went away before its request was complete."""
    return {"type": "http.disconnect"}


async def send(message):
    pass


for _ in range(4):
    app = PassThrough(app)
scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(app(scope, receive, send))
except BaseException as error:
    while getattr(error, "exceptions", ()):
        error = error.exceptions[0]
    if str(error) == "No response returned." and not reached:
        raise LookupError("the app was not reached") from error
    raise error
if not reached:
    raise LookupError("the app was not reached")
