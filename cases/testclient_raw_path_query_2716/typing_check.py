"""An app that reads raw_path: a bug of behaviour, so its types agree on both sides."""

from starlette.types import Receive, Scope, Send


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    raw_path: bytes = scope["raw_path"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": raw_path})
