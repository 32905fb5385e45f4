"""A list, iterated over in threads."""

from collections.abc import AsyncIterator

from starlette.concurrency import iterate_in_threadpool

LINES: list[str] = ["one", "two"]


def lines() -> AsyncIterator[str]:
    return iterate_in_threadpool(LINES)  # E: arg-type
