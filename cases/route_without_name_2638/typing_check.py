"""An endpoint that is an object: a bug of behaviour, so its types agree on both sides."""

from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send


class View:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("hello")(scope, receive, send)


name: str = Route("/", View()).name
