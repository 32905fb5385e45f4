"""A test of a websocket that is refused: a bug of behaviour, so its types agree on both sides."""

from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect


async def refuse(websocket: WebSocket) -> None:
    await websocket.close(code=1008)


def test_refused(client: TestClient) -> None:
    try:
        with client.websocket_connect("/"):
            pass
    except WebSocketDisconnect as error:
        assert error.code == 1008
