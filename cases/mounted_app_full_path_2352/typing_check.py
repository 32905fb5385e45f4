"""A mounted app: a change of behaviour, so its types agree on both sides."""

from starlette.routing import Mount, Router
from starlette.types import Receive, Scope, Send


async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
    path: str = scope["path"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": path.encode()})


router = Router([Mount("/sub", app=mounted)])
