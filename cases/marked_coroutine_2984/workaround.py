"""An async def around the marked function, which every check recognizes."""

import asyncio
from unittest.mock import create_autospec

from starlette.background import BackgroundTask


async def clean_up():
    pass


function = create_autospec(clean_up)


async def wrapper(*args, **kwargs):
    return await function(*args, **kwargs)


asyncio.run(BackgroundTask(wrapper)())
if function.await_count != 1:
    raise AssertionError(
        f"the coroutine function was called {function.call_count} times and awaited {function.await_count} times"
    )
