"""An app that turns websockets away: a bug of behaviour, so its types agree on every release."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket


async def endpoint(websocket: WebSocket) -> None:
    raise HTTPException(status_code=403, detail="go away")


app = Starlette(routes=[WebSocketRoute("/", endpoint)])
