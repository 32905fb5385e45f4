"""The search for ranges reads a Range header of n digits n times over: https://github.com/Kludex/starlette/security/advisories/GHSA-7f5h-v6xp-fcq8"""

import asyncio
import re
import sys
import tempfile

from starlette.responses import FileResponse, MalformedRangeHeader  # noqa: F401  (the second came with Range)

DIGITS = "0" * 200
searches = []


def watch(frame, event, called):
    """Note each search of an expression over the header: FileResponse's own, or one through the module re."""
    if event == "c_call" and called.__name__ in ("findall", "finditer", "search"):
        if isinstance(called.__self__, re.Pattern):
            texts = [value for value in frame.f_locals.values() if isinstance(value, str) and value.endswith(DIGITS)]
            searches.extend((called.__self__, text) for text in texts[:1])


def characters_read(pattern, text):
    """From each position in turn a search reads on for as long as a "-" to come could still complete a match."""
    length = len(text)
    return sum(
        pattern.fullmatch(text[start:end] + "-") is not None
        for start in range(length)
        for end in range(start + 1, length + 1)
    )


async def receive():
    raise LookupError("nothing is received")


async def status_for(header):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": "GET",
        "headers": [(b"range", header.encode())],
    }
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"abc")
        file.flush()
        await FileResponse(file.name)(scope, receive, send)
    return sent[0]["status"]


async def main():
    if await status_for("bytes=0-1") != 206:
        raise LookupError("the range 0-1 is not answered with 206")
    sys.setprofile(watch)
    try:
        status = await status_for("bytes=" + DIGITS)
    finally:
        sys.setprofile(None)
    if status != 400:
        raise LookupError(f"a header without any range is answered with {status}")
    read = sum(characters_read(pattern, text) for pattern, text in searches)
    if read > 10 * len(DIGITS):
        raise AssertionError(f"the search for ranges reads {read} characters of a header of {len(DIGITS)} digits")


asyncio.run(main())
