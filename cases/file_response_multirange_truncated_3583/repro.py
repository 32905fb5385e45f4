"""FileResponse sends empty messages for ever where a file ends before the second of two ranges: https://github.com/Kludex/starlette/pull/3583"""

import asyncio
import os
import tempfile

from starlette.responses import FileResponse, RangeNotSatisfiable  # noqa: F401  (the second came with Range)


async def receive():
    raise LookupError("nothing is received")


async def main():
    sent = []

    async def send(message):
        sent.append(message)
        if [m.get("body") for m in sent[-50:]] == [b""] * 50:
            raise AssertionError("50 empty messages in a row for a range that the file has no longer")

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "headers": [(b"range", b"bytes=0-1, 8-9")],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"ghijklmnop")
        file.flush()
        response = FileResponse(file.name, stat_result=os.stat(file.name))
        file.truncate(4)
        try:
            await response(scope, receive, send)
        except RuntimeError as error:
            if "shorter" not in str(error):
                raise
    return sent


messages = asyncio.run(main())
if messages[0]["status"] != 206 or not any(b"bytes 8-9/10" in message["body"] for message in messages[1:]):
    raise LookupError(f"the messages are {messages}")
