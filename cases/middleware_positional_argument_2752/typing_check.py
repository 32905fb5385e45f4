"""A middleware with a positional argument: a bug of behaviour, so its types agree on both sides."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send


class Counter:
    def __init__(self, app: ASGIApp, start: int) -> None:
        self.app = app
        self.count = start

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.count += 1
        await self.app(scope, receive, send)


app = Starlette(middleware=[Middleware(Counter, 1)])
