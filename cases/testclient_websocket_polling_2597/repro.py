"""A websocket session of TestClient keeps the event loop busy while the app waits for a message: https://github.com/Kludex/starlette/pull/2597"""

import asyncio
import sys
import threading

from starlette.testclient import TestClient

lines = 0
# The thread whose lines count: the test's own runs lines of testclient.py, too, whenever it comes to it.
counted = None


def count(frame, event, arg):
    global lines
    if frame.f_code.co_filename.endswith("testclient.py"):
        if event == "line" and threading.get_ident() == counted:
            lines += 1
        return count


async def app(scope, receive, send):
    global counted
    await receive()
    await send({"type": "websocket.accept"})
    waiting = asyncio.ensure_future(receive())
    for turn in range(10):
        await asyncio.sleep(0)
    counted = threading.get_ident()
    for turn in range(100):
        await asyncio.sleep(0)
    counted = None
    await send({"type": "websocket.send", "text": "ready"})
    await send({"type": "websocket.send", "text": (await waiting)["text"]})


sys.settrace(count)
threading.settrace(count)
with TestClient(app).websocket_connect("/") as session:
    first = session.receive_text()
    session.send_text("echo")
    second = session.receive_text()

if (first, second) != ("ready", "echo"):
    raise LookupError(f"the test received {first}, {second}")
if lines >= 100:
    raise AssertionError(
        f"while the app waits for a message, testclient.py runs {lines} lines in 100 turns of the loop"
    )
