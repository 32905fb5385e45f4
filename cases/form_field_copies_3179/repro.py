"""FormParser copies all of a field that it has so far for each new chunk of it: https://github.com/Kludex/starlette/pull/3179"""

import asyncio

from starlette.datastructures import Headers
from starlette.formparsers import FormParser

copied = 0


class Counted(bytes):
    """Bytes that count what is copied when they are joined with others by a plus sign."""

    def __getitem__(self, index):
        part = super().__getitem__(index)
        return Counted(part) if isinstance(index, slice) else part

    def __add__(self, other):
        return self.joined(bytes(self) + bytes(other))

    def __radd__(self, other):
        if isinstance(other, bytearray):
            return NotImplemented  # it grows in place
        return self.joined(other + bytes(self))

    @staticmethod
    def joined(whole):
        global copied
        copied += len(whole)
        return Counted(whole)


async def main():
    async def stream():
        yield Counted(b"text=")
        for _ in range(100):
            yield Counted(b"x" * 1000)
        yield b""

    form = await FormParser(Headers({}), stream()).parse()
    if form["text"] != "x" * 100_000:
        raise LookupError(f"the field is parsed as {len(form['text'])} characters")
    if copied > 1_000_000:
        raise AssertionError(f"for a field of 100000 bytes {copied} bytes are copied")


asyncio.run(main())
