"""A lifespan for a subclass of Starlette works at run time, whatever the annotation says: https://github.com/Kludex/starlette/pull/2077"""

import asyncio
from contextlib import asynccontextmanager

from starlette.applications import Starlette


class Shop(Starlette):
    is_open = False


@asynccontextmanager
async def lifespan(app):
    app.is_open = True
    yield
    app.is_open = False


async def main():
    app = Shop(lifespan=lifespan)
    events = iter(["lifespan.startup", "lifespan.shutdown"])
    opened = []

    async def receive():
        return {"type": next(events)}

    async def send(message):
        opened.append((message["type"], app.is_open))

    await app({"type": "lifespan", "state": {}}, receive, send)
    if opened != [("lifespan.startup.complete", True), ("lifespan.shutdown.complete", False)]:
        raise AssertionError(f"what was sent, and whether the shop was open, is {opened}")


asyncio.run(main())
