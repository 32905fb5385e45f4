"""A reused exception's traceback keeps every request's objects alive: https://github.com/Kludex/starlette/pull/3205"""

import asyncio
import gc
import weakref

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

missing = HTTPException(404)
alive = weakref.WeakSet()


class Record:
    pass


async def endpoint(request):
    record = Record()
    alive.add(record)
    raise missing


app = Starlette(routes=[Route("/", endpoint)])
statuses = []


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message):
    if message["type"] == "http.response.start":
        statuses.append(message["status"])


for _ in range(3):
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    asyncio.run(app(scope, receive, send))
if statuses != [404] * 3:
    raise LookupError(f"not three times 404, but {statuses}")
gc.collect()
if alive:
    raise AssertionError(f"the handled exception's traceback keeps objects of {len(alive)} of 3 requests alive")
