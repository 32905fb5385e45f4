"""An app that trusts this machine: a bug of behaviour, so its types agree on every release."""

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import Receive, Scope, Send


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


app = TrustedHostMiddleware(hello, allowed_hosts=["[::1]"])
