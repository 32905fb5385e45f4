"""FormParser loses the last field of a stream that does not end in an empty chunk: https://github.com/Kludex/starlette/pull/3599"""

import asyncio

from starlette.datastructures import Headers
from starlette.formparsers import FormParser


async def parsed(*chunks):
    async def stream():
        for chunk in chunks:
            yield chunk

    return dict(await FormParser(Headers({}), stream()).parse())


async def main():
    form = await parsed(b"name=ada&born=1815", b"")
    if form != {"name": "ada", "born": "1815"}:
        raise LookupError(f"with an empty chunk at the end the form is {form}")
    form = await parsed(b"name=ada&born=1815")
    if form == {"name": "ada"}:
        raise AssertionError("without an empty chunk at the end the form lacks its last field")
    if form != {"name": "ada", "born": "1815"}:
        raise LookupError(f"without an empty chunk at the end the form is {form}")


asyncio.run(main())
