"""The same session, used by the name that it had before the with statement."""

from starlette.testclient import TestClient


async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    await receive()


session = TestClient(app).websocket_connect("/")
with session:
    session.send_json({"text": "hello"})
