"""TestClient.websocket_connect() makes an anyio.Event where no event loop runs: https://github.com/Kludex/starlette/pull/2459"""

from starlette.testclient import TestClient


async def app(scope, receive, send):
    await receive()
    if scope["type"] == "lifespan":
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
    else:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": "hello"})
        await receive()


with TestClient(app) as client:  # which ends the session's thread, too, when the session fails
    with client.websocket_connect("/") as session:
        text = session.receive_text()
if text != "hello":
    raise LookupError(f"the test received {text}")
