"""An app's websocket goes on after its session in TestClient has ended: https://github.com/Kludex/starlette/pull/2427"""

import asyncio

from starlette.testclient import TestClient

over = asyncio.Event()
served = []


async def app(scope, receive, send):
    """Serves a websocket that takes no notice of a disconnect."""
    await receive()
    if scope["type"] == "lifespan":
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": "hello"})
    try:
        await over.wait()
        served.append("until the end of the test")
    except BaseException:
        served.append("until it was cancelled")
        raise


async def turn():
    """After this, what was scheduled before has happened."""
    for number in range(100):
        await asyncio.sleep(0)


with TestClient(app) as client:
    portal = client.portal
    with client.websocket_connect("/") as session:
        text = session.receive_text()
        shared = getattr(session, "portal", None) is portal
        if not shared:
            session.portal.call(over.set)  # else its end would be waited for
    portal.call(turn)
    portal.call(over.set)
    portal.call(turn)

if not shared:
    raise LookupError("the session has a loop of its own")
if text != "hello" or len(served) != 1:
    raise LookupError(f"the test received {text}, the app served {served}")
if served == ["until the end of the test"]:
    raise AssertionError("the app is not cancelled at the end of its websocket session")
