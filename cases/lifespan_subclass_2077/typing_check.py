"""A lifespan for an application class of one's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette


class Shop(Starlette):
    is_open = False


@asynccontextmanager
async def plain(app: Starlette) -> AsyncIterator[None]:
    yield


@asynccontextmanager
async def lifespan(app: Shop) -> AsyncIterator[None]:
    app.is_open = True
    yield
    app.is_open = False


anything = Starlette(lifespan=plain)
shop = Shop(lifespan=lifespan)  # E: arg-type
