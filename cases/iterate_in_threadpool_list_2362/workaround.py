"""The same lines, from an iterator over the list."""

import asyncio

from starlette.concurrency import iterate_in_threadpool


async def main():
    lines = [line async for line in iterate_in_threadpool(iter(["one", "two"]))]
    if lines != ["one", "two"]:
        raise AssertionError(f"the lines are {lines}")


asyncio.run(main())
