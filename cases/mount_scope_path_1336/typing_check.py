"""An app below a path: a bug of behaviour, so its types agree on every release."""

from starlette.routing import Mount, Router
from starlette.types import Receive, Scope, Send


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


app = Router([Mount("/sub", app=hello)])
