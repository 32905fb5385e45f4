"""An object with an async __call__ is never awaited as a background task: https://github.com/Kludex/starlette/pull/1444"""

import asyncio

from starlette.background import BackgroundTask

done = []


class SendMail:
    async def __call__(self, to):
        done.append(to)


async def function(to):
    done.append(to)


async def main():
    await BackgroundTask(function, "a function")()
    await BackgroundTask(SendMail(), "an object")()


asyncio.run(main())
if done == ["a function"]:
    raise AssertionError("the task that is an object with an async __call__ did not run")
if done != ["a function", "an object"]:
    raise LookupError(f"the tasks that ran are {done}")
