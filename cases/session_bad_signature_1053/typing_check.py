"""An app with sessions: a bug of behaviour, so its types agree on every release."""

from starlette.middleware.sessions import SessionMiddleware
from starlette.types import Receive, Scope, Send


async def view(scope: Scope, receive: Receive, send: Send) -> None:
    scope["session"]["user"] = "ada"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


app = SessionMiddleware(view, secret_key="not a secret")
