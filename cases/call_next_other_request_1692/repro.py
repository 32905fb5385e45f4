"""BaseHTTPMiddleware's call_next() takes no notice of the body of the request that it is given: https://github.com/Kludex/starlette/pull/1692"""

import asyncio

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response

bodies = []


async def endpoint(scope, receive, send):
    request = Request(scope, receive)
    bodies.append(await request.body())
    await Response()(scope, receive, send)


async def dispatch(request, call_next):
    """Hand on the body in upper case."""
    body = await request.body()

    async def receive():
        return {"type": "http.request", "body": body.upper(), "more_body": False}

    return await call_next(Request(request.scope, receive))


messages = [{"type": "http.request", "body": b"quiet", "more_body": False}]


async def receive():
    if messages:
        return messages.pop()
    await asyncio.get_running_loop().create_future()  # until it is cancelled


async def send(message):
    pass


scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
asyncio.run(BaseHTTPMiddleware(endpoint, dispatch)(scope, receive, send))
if bodies == [b"quiet"]:
    raise AssertionError("the endpoint reads b'quiet' instead of the body that call_next was given")
if bodies != [b"QUIET"]:
    raise LookupError(f"the endpoint reads {bodies}")
