"""An app's exception after its websocket.close is lost in websocket_connect(): https://github.com/Kludex/starlette/pull/2814"""

from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect


class Broken(Exception):
    pass


async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.close", "code": 1008})
    raise Broken


try:
    with TestClient(app).websocket_connect("/"):
        raise LookupError("the session is open")
except WebSocketDisconnect as error:
    raise AssertionError(f"the app's exception is lost: the test sees WebSocketDisconnect {error.code}") from None
except Broken:
    pass
