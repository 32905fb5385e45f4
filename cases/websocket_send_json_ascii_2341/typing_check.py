"""A greeting: a bug of behaviour, so its types agree on every release."""

from starlette.websockets import WebSocket


async def greet(websocket: WebSocket, name: str) -> None:
    await websocket.send_json({"name": name})
