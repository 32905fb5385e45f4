"""A websocket that answers once: a change of behaviour, so its types agree on every release."""

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket


async def listen(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())


app = Starlette(routes=[WebSocketRoute("/ws", listen)])
