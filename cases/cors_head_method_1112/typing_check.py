"""An app that other origins may use: a bug of behaviour, so its types agree on every release."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


app = CORSMiddleware(hello, allow_origins=["*"], allow_methods=["*"])
