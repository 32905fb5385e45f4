"""The same start in a lifespan, whose finally is for what was done on shutdown."""

import asyncio
from contextlib import asynccontextmanager

from starlette.applications import Starlette

done = []


@asynccontextmanager
async def lifespan(app):
    done.append("startup")
    try:
        yield
    finally:
        done.append("shutdown")


app = Starlette(lifespan=lifespan)


async def main():
    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    async def receive():
        return messages.pop(0)

    async def send(message):
        pass

    await app({"type": "lifespan"}, receive, send)


asyncio.run(main())
if done != ["startup", "shutdown"]:
    raise LookupError(f"done: {done}")
