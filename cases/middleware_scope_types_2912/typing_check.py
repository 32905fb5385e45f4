"""A middleware of somebody else's, which spells the types of ASGI in its own way, in an app and added to it."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware

Event = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
App = Callable[[Event, Receive, Send], Awaitable[None]]


class Counter:
    def __init__(self, app: App, start: int) -> None:
        self.app = app
        self.count = start

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        self.count += 1
        await self.app(scope, receive, send)


app = Starlette(middleware=[Middleware(Counter, start=1)])  # E: arg-type
app.add_middleware(Counter, start=1)  # E: arg-type
