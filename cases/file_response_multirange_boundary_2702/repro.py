"""The boundary between several ranges is predictable from the state of Python's random module: https://github.com/Kludex/starlette/pull/2702"""

import asyncio
import random
import tempfile

from starlette.responses import FileResponse, RangeNotSatisfiable  # noqa: F401  (the second came with Range)


async def receive():
    raise LookupError("nothing is received")


async def boundary():
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "headers": [(b"range", b"bytes=0-1, 4-5")],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        random.seed(1)
        await FileResponse(file.name)(scope, receive, send)
    if sent[0]["status"] != 206 or not sent[1]["body"].startswith(b"--"):
        raise LookupError(f"the messages are {sent}")
    return sent[1]["body"].split()[0]


first, second = asyncio.run(boundary()), asyncio.run(boundary())
if first == second:
    raise AssertionError(f"one state of the random module gives one boundary, {first.decode()}")
if len(first) < 20:
    raise LookupError(f"the boundaries are {first} and {second}")
