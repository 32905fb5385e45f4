"""A mounted app that reads root_path: a bug of behaviour, so its types agree on both sides."""

from starlette.routing import Mount, Router
from starlette.types import Receive, Scope, Send


async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
    root_path: str = scope["root_path"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": root_path.encode()})


router = Router([Mount("/sub", app=mounted)])
