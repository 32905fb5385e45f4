"""A with statement returns the websocket session itself at run time, whatever its annotation says: https://github.com/Kludex/starlette/pull/3322"""

from starlette.testclient import TestClient


async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    await receive()


session = TestClient(app).websocket_connect("/")
with session as entered:
    if entered is not session:
        raise AssertionError(f"what was entered is {entered!r}")
