"""Ends the stream with an empty chunk."""

import asyncio

from starlette.datastructures import Headers
from starlette.formparsers import FormParser


async def ended(stream):
    async for chunk in stream:
        yield chunk
    yield b""


async def parsed(*chunks):
    async def stream():
        for chunk in chunks:
            yield chunk

    return dict(await FormParser(Headers({}), ended(stream())).parse())


assert asyncio.run(parsed(b"name=ada&", b"born=1815")) == {"name": "ada", "born": "1815"}
assert asyncio.run(parsed(b"name=ada&born=1815", b"")) == {"name": "ada", "born": "1815"}
