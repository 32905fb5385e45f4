"""HTTPException sends the headers of any mapping at run time, whatever its annotation says: https://github.com/Kludex/starlette/pull/2749"""

import asyncio
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

CHALLENGE = MappingProxyType({"www-authenticate": "Basic"})


async def view(request):
    raise HTTPException(401, headers=CHALLENGE)


async def main():
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    app = Starlette(routes=[Route("/", view)])
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "root_path": ""}
    await app(scope, receive, send)
    seen = (sent[0]["status"], dict(sent[0]["headers"]).get(b"www-authenticate"))
    if seen != (401, b"Basic"):
        raise AssertionError(f"status and header are {seen}")


asyncio.run(main())
