"""A greeting: a bug of behaviour, so its types agree on every release."""

from starlette.websockets import WebSocket


async def greet(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("hello")
