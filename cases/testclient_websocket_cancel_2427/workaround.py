"""The app under test is ended by the disconnect that it has read."""

import asyncio

from starlette.testclient import TestClient

uncancelled = []


async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    await receive()
    for turn in range(1000):
        await asyncio.sleep(0)
    uncancelled.append("after 1000 turns of the loop")


async def ended(scope, receive, send):
    async def receive_and_end():
        message = await receive()
        if message["type"] == "websocket.disconnect":
            asyncio.current_task().cancel()
        return message

    try:
        await app(scope, receive_and_end, send)
    except asyncio.CancelledError:
        pass


with TestClient(ended).websocket_connect("/") as session:
    pass
if uncancelled:
    raise LookupError("the app is not cancelled at the end of the session")
