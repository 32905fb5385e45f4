"""An endpoint that takes messages: a bug of behaviour, so its types agree on every release."""

from starlette.endpoints import WebSocketEndpoint
from starlette.websockets import WebSocket


class Echo(WebSocketEndpoint):
    encoding = "text"

    async def on_receive(self, websocket: WebSocket, data: str) -> None:
        await websocket.send_text(data)
