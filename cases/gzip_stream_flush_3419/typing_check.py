"""An app whose responses are compressed: a bug of behaviour, so its types agree on both sides."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


app = GZipMiddleware(hello, minimum_size=1000)
