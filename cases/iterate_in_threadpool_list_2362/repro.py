"""A list is passed to next() in the thread as it is: https://github.com/Kludex/starlette/pull/2362"""

import asyncio

from starlette.concurrency import iterate_in_threadpool


async def main():
    lines = [line async for line in iterate_in_threadpool(["one", "two"])]
    if lines != ["one", "two"]:
        raise AssertionError(f"the lines are {lines}")


asyncio.run(main())
