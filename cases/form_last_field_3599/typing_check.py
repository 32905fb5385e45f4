"""Parsing a URL-encoded stream by hand: a bug of behaviour, so its types agree on both sides."""

from typing import AsyncGenerator

from starlette.datastructures import FormData, Headers
from starlette.formparsers import FormParser


async def stream() -> AsyncGenerator[bytes, None]:
    yield b"name=ada&born=1815"


async def parsed() -> FormData:
    return await FormParser(Headers({}), stream()).parse()
