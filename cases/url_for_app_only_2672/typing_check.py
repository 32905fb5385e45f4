"""A middleware that makes an address: a bug of behaviour, so its types agree on both sides."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send


class Linking:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["home"] = str(Request(scope).url_for("page"))
        await self.app(scope, receive, send)
