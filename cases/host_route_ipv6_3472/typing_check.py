"""An app for one address: a bug of behaviour, so its types agree on every release."""

from starlette.routing import Host, Router
from starlette.types import Receive, Scope, Send


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


app = Router([Host("[::1]", app=hello)])
