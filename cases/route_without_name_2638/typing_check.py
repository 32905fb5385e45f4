"""An endpoint that is an object: a bug of behaviour, so its types agree on both sides."""

from starlette.routing import Route
from starlette.types import Receive, Scope, Send


class View:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


name: str = Route("/", View()).name
