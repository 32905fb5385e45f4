"""An autospec of a coroutine function is taken for a sync function and never awaited: https://github.com/Kludex/starlette/pull/2984"""

import asyncio
from unittest.mock import create_autospec

from starlette.background import BackgroundTask


async def clean_up():
    pass


function = create_autospec(clean_up)
asyncio.run(BackgroundTask(function)())
if function.await_count != 1:
    raise AssertionError(
        f"the coroutine function was called {function.call_count} times and awaited {function.await_count} times"
    )
