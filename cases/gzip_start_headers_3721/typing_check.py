"""GZipMiddleware around an ASGI app: a bug of behaviour, so its types agree on every release."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": b"answer"})


compressed = GZipMiddleware(app, minimum_size=1000)
