"""The same middleware, handed over as a factory that the type checker does not look into."""

import asyncio
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

counts: list[int] = []


class Counter:
    def __init__(self, app: Any, start: int) -> None:
        self.app = app
        self.count = start

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.count += 1
        counts.append(self.count)
        await self.app(scope, receive, send)


def view(request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


async def main() -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    counter: Any = Counter
    app = Starlette(routes=[Route("/", view)], middleware=[Middleware(counter, start=1)])
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "root_path": ""}
    await app(scope, receive, send)
    if (sent[0]["status"], counts) != (200, [2]):
        raise AssertionError(f"status and counts are {sent[0]['status']}, {counts}")


asyncio.run(main())
