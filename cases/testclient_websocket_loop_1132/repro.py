"""A websocket session of TestClient leaves its event loop unclosed: https://github.com/Kludex/starlette/pull/1132"""

import gc
import warnings

from starlette.testclient import TestClient


async def app(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": "hello"})
    await receive()


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    with TestClient(app).websocket_connect("/") as session:
        text = session.receive_text()
    del session
    gc.collect()

if text != "hello":
    raise LookupError(f"the test received {text}")
leaks = {str(each.message).split(" <")[0] for each in caught if each.category is ResourceWarning}
if "unclosed event loop" in leaks:
    raise AssertionError("after a websocket session: unclosed event loop")
