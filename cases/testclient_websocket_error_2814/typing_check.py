"""An endpoint that refuses a websocket: a bug of behaviour, so its types agree on both sides."""

from starlette.websockets import WebSocket, WebSocketDisconnect


async def refuse(websocket: WebSocket) -> None:
    try:
        await websocket.close(code=1008)
    except WebSocketDisconnect as error:
        assert error.code == 1008
