"""Each of the ranges that a client asks for is compared with all ranges before it: https://github.com/Kludex/starlette/pull/3138"""

import asyncio
import sys
import tempfile

from starlette.responses import FileResponse, MalformedRangeHeader  # noqa: F401  (the second came with Range)

lines = 0


def count(frame, event, argument):
    """Count the lines that run in responses.py."""
    global lines
    if not frame.f_code.co_filename.endswith("starlette/responses.py"):
        return None
    lines += event == "line"
    return count


async def receive():
    raise LookupError("nothing is received")


async def lines_for(ranges):
    """The lines that run for a request for every second byte."""
    global lines
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "headers": [(b"range", b"bytes=" + b",".join(b"%d-%d" % (n, n) for n in range(0, 2 * ranges, 2)))],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"x" * 2 * ranges)
        file.flush()
        response = FileResponse(file.name)
        lines = 0
        sys.settrace(count)
        try:
            await response(scope, receive, send)
        finally:
            sys.settrace(None)
    parts = b"".join(message["body"] for message in sent[1:]).count(b"Content-Range: bytes ")
    if (sent[0]["status"], parts) != (206, ranges):
        raise LookupError(f"{ranges} ranges are answered with {sent[0]['status']} and {parts} parts")
    return lines


async def main():
    few, many = await lines_for(40), await lines_for(80)
    if not few:
        raise LookupError("no line of responses.py was counted")
    if many > 2.5 * few:
        raise AssertionError(f"40 ranges take {few} lines, and 80 ranges {many}")


asyncio.run(main())
