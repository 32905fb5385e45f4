"""The same task, given as the bound method that it is."""

import asyncio

from starlette.background import BackgroundTask

done = []


class SendMail:
    async def __call__(self, to):
        done.append(to)


async def main():
    await BackgroundTask(SendMail().__call__, "an object")()


asyncio.run(main())
assert done == ["an object"]
