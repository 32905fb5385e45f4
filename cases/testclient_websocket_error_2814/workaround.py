"""A wrapper around the app keeps what it raises, and the test looks there."""

from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect


class Broken(Exception):
    pass


async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.close", "code": 1008})
    raise Broken


errors = []


async def watched(scope, receive, send):
    try:
        await app(scope, receive, send)
    except Exception as error:
        errors.append(error)
        raise


try:
    with TestClient(watched).websocket_connect("/"):
        pass
except (Broken, WebSocketDisconnect):
    pass
if [type(error) for error in errors] != [Broken]:
    raise LookupError(f"the app raised {errors}")
