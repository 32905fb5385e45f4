"""A background task that is a coroutine function: a bug of behaviour, so its types agree on every release."""

from starlette.background import BackgroundTask
from starlette.responses import Response


async def clean_up(name: str) -> None:
    print("removing", name)


response = Response("done", background=BackgroundTask(clean_up, "upload"))
