"""The cause of an endpoint's exception is lost on its way out: https://github.com/Kludex/starlette/pull/1158"""

import asyncio

from starlette.applications import Starlette
from starlette.routing import Route


async def endpoint(request):
    raise RuntimeError("the endpoint failed") from LookupError("the cause")


incoming = [{"type": "http.request", "body": b"", "more_body": False}]


async def receive():
    return incoming.pop() if incoming else await asyncio.Event().wait()


async def send(message):
    pass


scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
try:
    asyncio.run(Starlette(routes=[Route("/", endpoint)])(scope, receive, send))
except RuntimeError as error:
    if not isinstance(error.__cause__, LookupError):
        raise AssertionError(f"the exception's cause is {error.__cause__!r}")
else:
    raise ValueError("the error did not come out")
